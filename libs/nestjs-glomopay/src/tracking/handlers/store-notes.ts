import type { HandlerNote, NotedHandler } from '../store/handler-note.js';
import { neutrally } from '../../values/neutral-context.js';
import type { TrackingStore } from '../store/tracking-store.js';

/** Well within the time after which a handler that is not noted any more counts as given up. */
const NOTE_EVERY_MS = 30_000;

/** Which handlers the processes on one store have: ours are noted there, all are read from there. */
export class StoreNotes {
  readonly #store: TrackingStore;
  /** Each handler that is here, and how many accounts of applications have it. */
  readonly #own = new Map<string, { readonly note: HandlerNote; users: number }>();
  #users = 0;
  #timer: NodeJS.Timeout | undefined;
  #read: { readonly at: number; readonly noted: Promise<readonly NotedHandler[]> } | undefined;

  constructor(store: TrackingStore) {
    this.#store = store;
  }

  /** Notes handlers of this process, from now on again and again. */
  async join(notes: readonly HandlerNote[]): Promise<void> {
    this.#users += 1;
    const fresh = notes.filter((note) => !this.#own.has(keyOf(note)));
    for (const note of notes) {
      const own = this.#own.get(keyOf(note)) ?? { note, users: 0 };
      own.users += 1;
      this.#own.set(keyOf(note), own);
    }
    if (fresh.length > 0) await this.#store.noteHandlers(fresh);
    this.#timer ??= setInterval(() => void this.#note(), NOTE_EVERY_MS).unref();
  }

  /** Notes them no more, unless another application here has them too. */
  leave(notes: readonly HandlerNote[]): void {
    for (const key of notes.map(keyOf)) {
      const own = this.#own.get(key);
      if (own !== undefined) own.users -= 1;
      if (own?.users === 0) this.#own.delete(key);
    }
    this.#users -= 1;
    if (this.#users > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#read = undefined;
  }

  /** Every handler that was noted, as read at most so long ago. Milliseconds. */
  noted(maxAgeMs: number): Promise<readonly NotedHandler[]> {
    const now = performance.now();
    if (this.#read !== undefined && now - this.#read.at < maxAgeMs) return this.#read.noted;
    const noted = neutrally(() => this.#store.notedHandlers());
    const read = { at: now, noted };
    this.#read = read;
    noted.catch(() => {
      if (this.#read === read) this.#read = undefined;
    });
    return noted;
  }

  /** A note that fails is made again by the next one. */
  async #note(): Promise<void> {
    const notes = [...this.#own.values()].map(({ note }) => note);
    await neutrally(() => this.#store.noteHandlers(notes)).catch(() => undefined);
  }
}

const notes = new WeakMap<TrackingStore, StoreNotes>();

/** The notes of a store, which every account and application of this process shares. */
export function notesOf(store: TrackingStore): StoreNotes {
  const known = notes.get(store) ?? new StoreNotes(store);
  notes.set(store, known);
  return known;
}

function keyOf({ account, kind, handler }: HandlerNote): string {
  return JSON.stringify([account, kind, handler]);
}
