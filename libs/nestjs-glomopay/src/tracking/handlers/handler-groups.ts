import type { HandlerNote } from '../store/handler-note.js';
import type { HandlerGroup } from './handler-group.js';

/** Every group of handlers that hears of movements. */
export class HandlerGroups {
  readonly #groups: readonly HandlerGroup[];

  constructor(groups: readonly HandlerGroup[]) {
    this.#groups = groups;
  }

  /** What the store is to know of them. */
  notes(): readonly HandlerNote[] {
    return this.#groups.flatMap((group) => group.notes());
  }
}
