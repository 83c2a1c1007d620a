/**
 * The shop's tables; only the spelling of a number that counts up differs between databases.
 *
 * `checkouts` is what a buyer has started. `purchases` is what became of it: one row per outcome,
 * inserted by the outcome handler and by nobody else. It has no unique reference on purpose: the
 * tracker promises one outcome, and a second one must be seen, not swallowed by a constraint.
 * `payment_events` is what webhooks have told, one row per event, without a constraint for the same
 * reason.
 * `confirmations` is what buyers were told after an outcome, one letter for each key.
 * `refunds` is what an operator has asked to be refunded: written before the gateway is asked, and
 * unique by its number within the purchase, of which the gateway's own guard is made.
 */
export function schema(countingId: string): string {
  return `
    CREATE TABLE IF NOT EXISTS checkouts (
      reference          TEXT PRIMARY KEY,
      session_hash       TEXT NOT NULL,
      account            TEXT NOT NULL,
      product_id         TEXT NOT NULL,
      amount             INTEGER NOT NULL CHECK (amount > 0),
      currency           TEXT NOT NULL,
      order_request_id   TEXT NOT NULL UNIQUE,
      payment_request_id TEXT NOT NULL UNIQUE,
      ended              TEXT,
      created_at         TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS checkouts_of_session ON checkouts (session_hash, created_at);
    CREATE TABLE IF NOT EXISTS purchases (
      id           ${countingId},
      reference    TEXT NOT NULL,
      outcome      TEXT NOT NULL CHECK (outcome IN ('succeeded', 'failed')),
      payment_id   TEXT,
      order_id     TEXT,
      amount       INTEGER NOT NULL,
      currency     TEXT NOT NULL,
      failure_code TEXT,
      recorded_at  TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS purchases_of_checkout ON purchases (reference);
    CREATE TABLE IF NOT EXISTS confirmations (
      letter_key TEXT PRIMARY KEY,
      reference  TEXT NOT NULL,
      outcome    TEXT NOT NULL,
      payment_id TEXT,
      sent_at    TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS payment_events (
      id          ${countingId},
      event_id    TEXT NOT NULL,
      payment_id  TEXT,
      order_id    TEXT,
      type        TEXT NOT NULL,
      status      TEXT,
      received_at TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS payment_events_of_payment ON payment_events (payment_id);
    CREATE INDEX IF NOT EXISTS payment_events_of_order ON payment_events (order_id);
    CREATE TABLE IF NOT EXISTS refunds (
      reference  TEXT NOT NULL,
      number     INTEGER NOT NULL CHECK (number > 0),
      payment_id TEXT NOT NULL,
      amount     INTEGER NOT NULL CHECK (amount > 0),
      is_whole   INTEGER NOT NULL,
      reason     TEXT NOT NULL,
      state      TEXT NOT NULL,
      refund_id  TEXT,
      refusal    TEXT,
      created_at TEXT NOT NULL,
      PRIMARY KEY (reference, number)
    );
    CREATE INDEX IF NOT EXISTS refunds_of_payment ON refunds (payment_id);
    CREATE TABLE IF NOT EXISTS shop_customers (
      account     TEXT PRIMARY KEY,
      customer_id TEXT NOT NULL
    );
  `;
}
