import { notesOf, type HandlerNote, type NotedHandler } from '../handler-note.js';

/** The noted handlers of a `MemoryTrackingStore`. */
export class MemoryHandlers {
  readonly #notes = new Map<string, { readonly note: HandlerNote; readonly seenAt: number }>();

  note(handlers: readonly HandlerNote[], now: number): void {
    for (const [id, note] of notesOf(handlers)) this.#notes.set(id, { note, seenAt: now });
  }

  noted(now: number): NotedHandler[] {
    return [...this.#notes]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { note, seenAt }]) => ({ ...note, seenMsAgo: Math.max(0, now - seenAt) }));
  }
}
