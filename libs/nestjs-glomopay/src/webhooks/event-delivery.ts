/**
 * One try to have one handler take note of one event, or of one outcome after its commit.
 *
 * A handler that returns is done with the event; one that throws is run again later, by itself.
 * Returning is recorded after the fact, so a process that dies in between runs the handler again:
 * without {@link commit} a handler runs at least once. What goes through `commit` happens exactly
 * once per event and handler.
 *
 * @typeParam Tx - the transaction of your store: `PoolClient`, `EntityManager`, …
 */
export interface EventDelivery<Tx = unknown> {
  /**
   * The id of the event in the inbox: the same at every try, on whichever machine, and no other event or
   * outcome of the account has it. A key for systems that recognise a repeat; two handlers that call
   * the same one add their names.
   */
  readonly id: string;
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  /** Who is told: `Class.method`. */
  readonly handler: string;
  /**
   * Which try this is; 1 for the first. Grows with every failure that was recorded: a try that ended with
   * its process is not counted, and is made again under the same number.
   */
  readonly attempt: number;
  /**
   * Aborts when this process may no longer work on the event: its lease has ended and another process
   * may have it, or the application stops. Hand it to whatever waits.
   */
  readonly signal: AbortSignal;
  /**
   * Runs the work in the transaction that records this handler as done for this event: both are
   * committed or neither, so what the work writes through `tx` is there exactly once. Called at most
   * once per delivery. When it rejects, nothing was written and the handler is not done: let the
   * error out. Keep it short: it holds a connection, and on SQLite the one right to write.
   *
   * @example
   * @OnGlomopayEvent('refund.success')
   * async book(event: GlomopayEvent<'refund.success'>, delivery: EventDelivery<PoolClient>) {
   *   await delivery.commit(async (tx) => {
   *     await tx.query('UPDATE refunds SET utr = $1 WHERE id = $2', [event.data.utr, event.data.id]);
   *   });
   * }
   */
  commit(work: (tx: Tx) => Promise<void>): Promise<void>;
}
