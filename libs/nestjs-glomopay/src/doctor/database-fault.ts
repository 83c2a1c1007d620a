/** What is to be done about the codes that a DBA meets most. */
const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at this address',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'the host does not answer',
  '28P01': 'the database does not take this password',
  '28000': 'the database does not let this role in',
  '3D000': 'there is no such database',
  '42501':
    'the role lacks a right: to check, USAGE on the schema, SELECT on the tables and TEMPORARY on the database; to apply, it owns the tables and may CREATE in the schema',
  '57P03': 'the database is starting',
  SQLITE_CANTOPEN: 'the file cannot be opened',
  SQLITE_NOTADB: 'the file is no SQLite database',
  ERR_MODULE_NOT_FOUND: 'the file is not there, or imports one that is not',
};

/** Names a failure without what it says: a message may hold an address with a password in it. */
export function databaseFault(thrown: unknown): string {
  const code: unknown = Reflect.get(Object(thrown), 'code');
  const name = thrown instanceof Error ? thrown.name : 'unknown';
  if (typeof code !== 'string' || !/^\w{1,40}$/.test(code)) return name;
  return `${known[code] ?? name} (${code})`;
}
