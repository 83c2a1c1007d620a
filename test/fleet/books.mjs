// What the fleet has written down, read past its own code.
export class Books {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  // No constraint keeps an effect from being there twice.
  makeTable() {
    return this.#storage.run(
      'CREATE TABLE effects (event_id TEXT NOT NULL, handler TEXT NOT NULL)',
    );
  }

  effects() {
    return this.#storage.rows('SELECT event_id AS "eventId", handler FROM effects');
  }

  inbox() {
    return this.#storage.rows('SELECT id, state FROM glomopay_events');
  }

  async openEvents() {
    const [row] = await this.#storage.rows(
      `SELECT count(*) AS open FROM glomopay_events WHERE state = 'open'`,
    );
    return Number(row.open);
  }

  // How often handlers have failed; the numbers are kept until a purge.
  async failures() {
    const [row] = await this.#storage.rows(
      'SELECT coalesce(sum(tries), 0) AS tries FROM glomopay_event_handlers',
    );
    return Number(row.tries);
  }

  // Spoils the books, to see whether the comparison notices.
  async sabotage(kind) {
    if (kind === 'lost-effect') {
      await this.#storage.run(
        `DELETE FROM effects WHERE handler = 'Effects.first'
           AND event_id = (SELECT min(event_id) FROM effects)`,
      );
    }
  }
}
