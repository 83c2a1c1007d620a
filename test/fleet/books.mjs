import { readLines, readRecords } from '../storm/history-invariants.mjs';
import { sabotages } from './sabotages.mjs';

const MINUTES_OF_401_DAYS = 401 * 24 * 60;

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
    await this.#storage.run('CREATE TABLE told (request_id TEXT NOT NULL, outcome TEXT NOT NULL)');
  }

  effects() {
    return this.#storage.rows('SELECT event_id AS "eventId", handler FROM effects');
  }

  // Payments, refunds and what was expected, as far as they have ended.
  outcomes() {
    return this.#storage.rows(
      `SELECT request_id AS "requestId", state AS outcome FROM glomopay_movements
       WHERE state IN ('succeeded', 'failed')`,
    );
  }

  // What the outcome handlers have committed.
  told() {
    return this.#storage.rows('SELECT request_id AS "requestId", outcome FROM told');
  }

  records() {
    return readRecords(this.#storage);
  }

  lines() {
    return readLines(this.#storage);
  }

  // Lets the time pass after which the sweeper gives up on an expectation: a person has to look then.
  async age(requestId) {
    await this.#storage.run(
      `UPDATE glomopay_movements SET created_at = ${this.#storage.ago(MINUTES_OF_401_DAYS)},
         next_check_at = ${this.#storage.now}
       WHERE kind = 'collection' AND request_id = '${requestId}' AND state = 'created'`,
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
    if (sabotages[kind] !== undefined) await this.#storage.run(sabotages[kind]);
  }
}
