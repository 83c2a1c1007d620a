// What the fleet has written down, read past its own code.
export class Books {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  // No constraint keeps an effect from being there twice.
  async makeTables() {
    await this.#storage.run('CREATE TABLE effects (event_id TEXT NOT NULL, handler TEXT NOT NULL)');
    await this.#storage.run(
      'CREATE TABLE followed (request_id TEXT NOT NULL, outcome TEXT NOT NULL)',
    );
  }

  effects() {
    return this.#storage.rows('SELECT event_id AS "eventId", handler FROM effects');
  }

  // Payments that have ended.
  outcomes() {
    return this.#storage.rows(
      `SELECT request_id AS "requestId", state AS outcome FROM glomopay_movements
       WHERE state IN ('succeeded', 'failed')`,
    );
  }

  // What the handler after an outcome has left, each time that it ran.
  followed() {
    return this.#storage.rows('SELECT request_id AS "requestId", outcome FROM followed');
  }

  // What the gateway has delivered.
  inbox() {
    return this.#storage.rows(`SELECT id, state FROM glomopay_events WHERE id NOT LIKE 'after-%'`);
  }

  // What follows outcomes.
  followUps() {
    return this.#storage.rows(`SELECT id, state FROM glomopay_events WHERE id LIKE 'after-%'`);
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
    const first = '(SELECT min(request_id) FROM followed)';
    if (kind === 'lost-follow-up') {
      await this.#storage.run(`DELETE FROM followed WHERE request_id = ${first}`);
    }
    if (kind === 'foreign-follow-up') {
      await this.#storage.run(
        `INSERT INTO followed SELECT request_id, 'succeeded' FROM followed WHERE request_id = ${first}`,
      );
    }
  }
}
