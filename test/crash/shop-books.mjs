import { readLines, readRecords } from '../storm/history-invariants.mjs';

// What the shop has written down, read past its own code.
export class ShopBooks {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  // Where the witness writes; no constraint keeps a row from being there twice.
  async makeTables() {
    await this.#storage.run(
      'CREATE TABLE crash_refunds (request_id TEXT, outcome TEXT, refund_id TEXT, amount INTEGER)',
    );
    await this.#storage.run('CREATE TABLE crash_milestones (payment_id TEXT, milestone TEXT)');
  }

  // One row per time that an outcome handler has committed.
  purchases() {
    return this.#storage.rows(
      `SELECT reference, outcome, payment_id AS "paymentId", order_id AS "orderId", amount, currency
       FROM purchases`,
    );
  }

  // One row per letter to a buyer, which the handler after an outcome has sent.
  confirmations() {
    return this.#storage.rows(
      `SELECT letter_key AS "key", reference, outcome, payment_id AS "paymentId" FROM confirmations`,
    );
  }

  // The library's record of each movement of money.
  records() {
    return readRecords(this.#storage);
  }

  // The history of those records.
  lines() {
    return readLines(this.#storage);
  }

  // What the shop's operators have asked to be refunded.
  async refundRows() {
    const rows = await this.#storage.rows('SELECT reference, number, state FROM refunds');
    return rows.map((row) => ({ ...row, requestId: `refund-${row.reference}-${row.number}` }));
  }

  // One row per time that a handler of refunds has committed.
  refundsTold() {
    return this.#storage.rows(
      `SELECT request_id AS "requestId", outcome, refund_id AS "refundId", amount FROM crash_refunds`,
    );
  }

  // One row per time that a handler of milestones has committed.
  milestones() {
    return this.#storage.rows(`SELECT payment_id AS "paymentId", milestone FROM crash_milestones`);
  }

  // One row per webhook event that the shop's own handler has committed.
  paymentEvents() {
    return this.#storage.rows(`SELECT event_id AS "eventId", type FROM payment_events`);
  }

  // The library's record of each webhook event, with what a handler said last.
  inbox() {
    return this.#storage.rows(
      `SELECT id, type, state, (SELECT max(error) FROM glomopay_event_handlers h
         WHERE h.account = e.account AND h.event_id = e.id) AS error
       FROM glomopay_events e`,
    );
  }

  checkouts() {
    return this.#storage.rows(
      `SELECT reference, payment_request_id AS "requestId", ended FROM checkouts`,
    );
  }

  // Lets the time until the sweeper's next look pass at once. Payments near the number of looks at
  // which the sweeper gives up are left alone: so many looks are days. Nothing else ends by looks.
  async passTime({ checksBelow }) {
    await this.#storage.run(
      `UPDATE glomopay_movements SET next_check_at = ${this.#storage.now}
       WHERE next_check_at > ${this.#storage.now}
         AND (checks < ${checksBelow} OR kind <> 'payment' OR state = 'succeeded')`,
    );
  }

  // Lets the leases of events end whose process was killed, and the pauses before further tries.
  async passLeases() {
    await this.#storage.run(
      `UPDATE glomopay_events SET next_try_at = ${this.#storage.now}
       WHERE state = 'open' AND next_try_at > ${this.#storage.now}`,
    );
  }

  // Lets the time pass after which "no such payment" is believed.
  async passBelief() {
    await this.#storage.run(
      `UPDATE glomopay_movements SET created_at = ${this.#storage.ago(20)}
       WHERE state = 'created' AND created_at > ${this.#storage.ago(16)}`,
    );
  }

  // Every value of every table, with where it stands.
  async values() {
    const values = [];
    for (const table of await this.#storage.tables()) {
      for (const row of await this.#storage.rows(`SELECT * FROM ${table}`)) {
        for (const [column, value] of Object.entries(row)) {
          values.push({ place: `${table}.${column}`, value });
        }
      }
    }
    return values;
  }

  // One statement that changes them, past the shop's own code.
  run(sql) {
    return this.#storage.run(sql);
  }
}
