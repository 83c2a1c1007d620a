import type { ClientBase, Pool } from 'pg';
import type { Sql, SqlValue } from './sql.js';

/** Runs statements through a pool, or on the client of a transaction. */
export class PostgresSql implements Sql {
  readonly #connection: Pool | ClientBase;
  constructor(connection: Pool | ClientBase) {
    this.#connection = connection;
  }

  async run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return (await this.#connection.query(numbered(sql), [...values])).rowCount ?? 0;
  }

  async all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    const { rows } = await this.#connection.query<Record<string, unknown>>(numbered(sql), [
      ...values,
    ]);
    return rows;
  }
}

/** `?` as Postgres counts it. None of our statements has one in a text. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}
