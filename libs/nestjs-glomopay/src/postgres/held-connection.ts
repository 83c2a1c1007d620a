import type { PostgresQuery } from './postgres-adapter.js';

/** A connection of the host's pool while it is ours, spoken to through the host's database library. */
export interface HeldConnection<Tx> {
  /** The client of `pg` underneath; undefined when the library does not show it. */
  readonly client: unknown;
  /** Runs a statement, inside the transaction when one was begun. */
  readonly query: PostgresQuery;
  /** Begins a `READ COMMITTED` transaction. */
  begin(): Promise<Tx>;
  /** Rejects when nothing was committed. */
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
  /** Gives it back to the pool; with a failure, the pool throws it away. */
  giveBack(failure: Error | undefined): unknown;
}
