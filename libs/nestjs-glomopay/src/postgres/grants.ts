import type { TableNames } from '../tracking/store/sql/table-names.js';

/** A right on a table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** What the role of a running application needs, and nothing that it does not. */
export const applicationRights: Readonly<Record<string, readonly TableRight[]>> = {
  glomopay_migrations: ['SELECT'],
  glomopay_movements: ['SELECT', 'INSERT', 'UPDATE'],
  glomopay_history: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_events: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  // `FOR UPDATE` asks for the right to update, and nothing is updated.
  glomopay_event_keys: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_event_handlers: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_handlers: ['SELECT', 'INSERT', 'UPDATE'],
  // Used with `{ locks: 'rows' }` only, and empty.
  glomopay_locks: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
};

/**
 * What a role for people may read: all but the bodies of events, where the gateway names your customers.
 */
export const readerColumns: Readonly<Record<string, readonly string[]>> = {
  glomopay_events: [
    'account',
    'id',
    'received_at',
    'type',
    'object_id',
    'state',
    'reason',
    'next_try_at',
    'token',
    'scheduled_at',
    'leased',
  ],
};

/** The grants as SQL, for roles that are called `glomopay_app` and `glomopay_reader`. */
export function grantsOf(names: TableNames): readonly string[] {
  const tables = Object.keys(applicationRights);
  const usage =
    names.schema === undefined
      ? []
      : [`GRANT USAGE ON SCHEMA "${names.schema}" TO glomopay_app, glomopay_reader`];
  return [
    ...usage,
    ...Object.entries(applicationRights).map(
      ([table, rights]) =>
        `GRANT ${rights.join(', ')} ON ${names.qualified(table)} TO glomopay_app`,
    ),
    ...tables.map((table) => {
      const columns = readerColumns[table];
      const what = columns === undefined ? 'SELECT' : `SELECT (${columns.join(', ')})`;
      return `GRANT ${what} ON ${names.qualified(table)} TO glomopay_reader`;
    }),
  ];
}
