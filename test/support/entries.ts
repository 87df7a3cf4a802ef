import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/domain/event.js';
import type { Append } from '../../src/event-store/append.js';
import { seal } from '../../src/event-store/entry.js';

/** An append of `count` events to a stream that is at `expectedVersion`; each defines a focus area, or says what `fact` does. */
export function appendTo(stream: string, expectedVersion = 0, count = 1, log = 'test', fact?: Fact): Append {
  const entries = Array.from({ length: count }, (_, index) =>
    seal({
      id: randomUUID(),
      log,
      stream,
      version: expectedVersion + 1 + index,
      type: fact?.type ?? 'FocusAreaDefined',
      schemaVersion: 1,
      data: fact?.data ?? {
        code: stream.replace('focus-area-', ''),
        names: { en: `Area ${stream} ${index}` },
      },
      actor: { id: 'tester', role: 'recorder' },
      occurredOn: '2026-01-01',
      causationId: randomUUID(),
      correlationId: 'test',
      confidentiality: 'public',
      vocabularyVersion: 1,
    }),
  );
  return { stream, expectedVersion, entries };
}
