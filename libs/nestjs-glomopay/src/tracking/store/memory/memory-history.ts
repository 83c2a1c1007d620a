import { erasedLine, namesPerson } from '../erasure.js';
import type { HistoryLine } from '../history-line.js';
import type { TrackedKey } from '../tracked-record.js';
import { idOf } from './memory-records.js';

/** What has become of the records of a `MemoryTrackingStore`. */
export class MemoryHistory {
  readonly #lines = new Map<string, HistoryLine[]>();

  add(key: TrackedKey, line: HistoryLine): void {
    const lines = this.#lines.get(idOf(key)) ?? [];
    lines.push(line);
    this.#lines.set(idOf(key), lines);
  }

  of(key: TrackedKey): readonly HistoryLine[] {
    return [...(this.#lines.get(idOf(key)) ?? [])];
  }

  /** Forgets who a person was and what was noted; gives in how many lines. */
  erase(key: TrackedKey): number {
    const lines = this.#lines.get(idOf(key)) ?? [];
    this.#lines.set(
      idOf(key),
      lines.map((line) => (namesPerson(line) ? erasedLine(line) : line)),
    );
    return lines.filter(namesPerson).length;
  }

  /** Tells whether there was anything to forget. */
  forget(key: TrackedKey): boolean {
    return this.#lines.delete(idOf(key));
  }
}
