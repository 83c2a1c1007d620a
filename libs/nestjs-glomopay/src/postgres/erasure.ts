import type { Erasure } from '../tracking/store/erasure.js';
import { onlyRow, whole } from '../tracking/store/row.js';
import type { SettlementTransaction } from '../tracking/store/sql/sql-movements.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import * as statements from './erasure-statements.js';
import type { PostgresQuery } from './postgres-adapter.js';

/** What a settlement's transaction can forget. */
export function erasureIn(
  query: PostgresQuery,
): Pick<SettlementTransaction<never>, 'eventsOf' | 'forgetEvents' | 'eraseLines' | 'eraseRecord'> {
  return {
    eventsOf: (account, ids, objectIds) =>
      query(statements.eventsOf, [account, JSON.stringify(ids), JSON.stringify(objectIds)]),
    forgetEvents: async (account, ids) => {
      await query(statements.forgetEvents, [account, JSON.stringify(ids)]);
    },
    eraseLines: async (key) =>
      whole(onlyRow(await query(statements.eraseLines, partsOf(key))), 'lines'),
    eraseRecord: async (key, { reference, keepsLine }: Erasure) => {
      const params = [...partsOf(key), reference, Number(keepsLine)];
      return onlyRow(await query(statements.eraseRecord, params));
    },
  };
}

function partsOf({ account, kind, requestId }: TrackedKey): string[] {
  return [account, kind, requestId];
}
