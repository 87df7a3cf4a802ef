/** What one process of the proof has to do. */
export interface Part {
  /** The slot that it fills; its successor after a kill fills it too. */
  readonly slot: string;
  /** How many have filled the slot before. */
  readonly incarnation: number;
  /** None for a process that only follows. */
  readonly writers: number;
  readonly seed: number;
  readonly serviceUrl: string;
  /** Folder of the journals. */
  readonly journals: string;
}

/** What a process of the proof says: something that should never happen. */
export interface Trouble {
  readonly trouble: string;
}
