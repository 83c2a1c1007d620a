/** What stands for a `?`. */
export type SqlValue = string | number | null;

/**
 * Runs the shop's statements, on a connection of their own or inside a transaction. They are written
 * once, in the SQL that SQLite and Postgres share, with a `?` for each value.
 */
export interface Sql {
  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): Promise<number>;
  /** Every row, each still to be read field by field. */
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]>;
}
