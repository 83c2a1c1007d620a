/** Runs one statement of a database. */
export type Query<Asked extends readonly unknown[], Answer> = (...asked: Asked) => Promise<Answer>;

/** A connection of the host's pool while it is ours, spoken to through the host's database library. */
export interface HeldConnection<Tx, Asked extends readonly unknown[], Answer> {
  /** The client of the driver underneath; undefined when the library does not show it. */
  readonly client: unknown;
  /** Runs a statement, inside the transaction when one was begun. */
  readonly query: Query<Asked, Answer>;
  /** Begins a `READ COMMITTED` transaction. */
  begin(): Promise<Tx>;
  /** Rejects when nothing was committed. */
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
  /** Gives it back to the pool; with a failure, the pool throws it away. */
  giveBack(failure: Error | undefined): unknown;
}
