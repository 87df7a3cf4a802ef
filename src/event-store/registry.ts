/** The log of what dialogues share, and of what operators decide about the service. */
export const REGISTRY = 'registry';
