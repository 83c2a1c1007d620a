/** What stands for a `?` of a statement. */
export type MysqlValue = string | number | Uint8Array | null;

/**
 * The statement with its values in it: texts and bytes in hex, numbers as they are. So no text depends on
 * the character set, the `sql_mode` (`NO_BACKSLASH_ESCAPES`, `ANSI_QUOTES`) or the placeholders of whatever
 * library it goes through, none can be taken for SQL, and the log of a server shows none.
 */
export function withValues(statement: string, values: readonly MysqlValue[]): string {
  const [first = '', ...others] = statement.split('?');
  if (others.length !== values.length) {
    throw new Error(`The statement has ${others.length} places for ${values.length} values`);
  }
  return others.reduce((text, part, index) => text + literal(values[index]) + part, first);
}

function literal(value: MysqlValue | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return finite(value);
  return `X'${Buffer.from(value).toString('hex')}'`;
}

function finite(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('A number of a statement must be finite');
  return value < 0 ? `(${value})` : String(value);
}
