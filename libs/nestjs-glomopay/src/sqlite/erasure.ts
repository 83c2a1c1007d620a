import { ERASED_NOTE } from '../tracking/store/erasure.js';
import { onlyRow, text, whole } from '../tracking/store/row.js';
import type { SettlementTransaction } from '../tracking/store/sql/sql-movements.js';
import * as statements from './erasure-statements.js';
import { writeLine } from './history-statements.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** What a settlement's transaction can forget. */
export function erasureIn(
  connection: SqliteConnection<SqliteDatabase>,
): Pick<SettlementTransaction<never>, 'eventsOf' | 'forgetEvents' | 'eraseLines' | 'eraseRecord'> {
  return {
    eventsOf: async (account, ids, objectIds) => {
      const [byId, byObject] = [JSON.stringify(ids), JSON.stringify(objectIds)];
      return connection.rows(statements.eventsOf, account, byId, account, byObject);
    },
    forgetEvents: async (account, ids) => {
      connection.rows(statements.forgetEvents, account, JSON.stringify(ids));
      connection.rows(statements.forgetHandlers, account, JSON.stringify(ids));
    },
    eraseLines: async ({ account, kind, requestId }) =>
      connection.rows(statements.eraseLines, account, kind, requestId).length,
    eraseRecord: async ({ account, kind, requestId }, { reference, keepsLine }) => {
      const key = [account, kind, requestId] as const;
      const row = onlyRow(connection.rows(statements.eraseRecord, reference, ...key));
      if (keepsLine) {
        const line = [text(row, 'state'), 'person', null, ERASED_NOTE, whole(row, 'id')] as const;
        connection.rows(writeLine, ...line);
      }
      return row;
    },
  };
}
