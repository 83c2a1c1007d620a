import type { TableNames } from '../tracking/store/sql/table-names.js';

/** A right on a table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** What the account of a running application needs, and nothing that it does not. */
export const applicationRights: Readonly<Record<string, readonly TableRight[]>> = {
  glomopay_migrations: ['SELECT'],
  glomopay_movements: ['SELECT', 'INSERT', 'UPDATE'],
  glomopay_history: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_events: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_event_keys: ['SELECT', 'INSERT', 'DELETE'],
  glomopay_event_handlers: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  glomopay_handlers: ['SELECT', 'INSERT', 'UPDATE'],
  // No row of it is ever changed; MySQL lets nobody lock rows who may not.
  glomopay_locks: ['SELECT', 'INSERT', 'UPDATE'],
};

/** The grants as SQL, for an account that is called `glomopay_app`. */
export function grantsOf(names: TableNames, account = `'glomopay_app'@'%'`): readonly string[] {
  return Object.entries(applicationRights).map(
    ([table, rights]) => `GRANT ${rights.join(', ')} ON ${names.qualified(table)} TO ${account}`,
  );
}
