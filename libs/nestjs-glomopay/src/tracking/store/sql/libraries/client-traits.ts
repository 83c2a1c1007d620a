import type { Query } from '../connections/held-connection.js';

/** How the clients of a driver are spoken to past the database library that has made them. */
export interface ClientTraits<Asked extends readonly unknown[], Answer> {
  /** For messages: `Postgres`. */
  readonly database: string;
  /**
   * Runs statements on a client. Not through the library, which would take a `?` or a `:name` in a text for a
   * parameter of its own.
   */
  queryOf(client: unknown): Query<Asked, Answer>;
  /** What a text without values is asked with. */
  asked(text: string): Asked;
  /** Ends a client at once. */
  endClient(client: unknown): void;
  /** A client as an emitter, the same one each time. @defaultValue as it is */
  emitterOf?(client: object): object;
  /**
   * Says by itself which transaction comes next, where the database tells of one that is open already.
   * @defaultValue the library says it
   */
  readonly beforeBegin?: string;
  /** Fails in a transaction that `COMMIT` would silently roll back. @defaultValue there is none such */
  readonly beforeCommit?: string;
}

/** Runs one of the statements above, where the driver has it. */
export async function runTrait<Asked extends readonly unknown[], Answer>(
  traits: ClientTraits<Asked, Answer>,
  query: Query<Asked, Answer>,
  statement: string | undefined,
): Promise<void> {
  if (statement !== undefined) await query(...traits.asked(statement));
}
