import type { SqlQuery } from './sql.js';

const PAUSE_MS = 5_000;

/** Calls back what the database's clock took back when it was set back. */
export interface Looks {
  look(): Promise<void>;
}

/** Looks now and then for what waits for a time that the server's clock took back (`tookBack`). */
export class Recall implements Looks {
  readonly #query: SqlQuery;
  readonly #statement: string;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(query: SqlQuery, statement: string) {
    this.#query = query;
    this.#statement = statement;
  }

  /** Looks, unless that was done in the last seconds. */
  async look(): Promise<void> {
    const now = performance.now();
    if (now - this.#lookedAt < PAUSE_MS) return;
    this.#lookedAt = now;
    await this.#query(this.#statement, []);
  }
}
