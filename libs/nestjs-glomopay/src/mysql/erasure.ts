import { ERASED_NOTE, type Erasure } from '../tracking/store/erasure.js';
import { onlyRow, optional, text, whole, type Row } from '../tracking/store/row.js';
import type { SettlementTransaction } from '../tracking/store/sql/sql-movements.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import * as statements from './erasure-statements.js';
import { purgeProgress } from './inbox-statements.js';
import type { MysqlTransaction } from './mysql-sql.js';
import { placesFor } from './places.js';
import { writeLine } from './settlement-statements.js';
import { findByKey, now } from './statements.js';

/** What a settlement's transaction can forget. */
export function erasureIn({
  query,
  run,
}: Pick<MysqlTransaction<unknown>, 'query' | 'run'>): Pick<
  SettlementTransaction<never>,
  'eventsOf' | 'forgetEvents' | 'eraseLines' | 'eraseRecord'
> {
  const recordOf = async ({ account, kind, requestId }: TrackedKey): Promise<Row> =>
    onlyRow(await query(findByKey, [account, kind, requestId]));
  return {
    async eventsOf(account, ids, objectIds) {
      const rows: Row[] = [];
      if (ids.length > 0) {
        rows.push(...(await query(statements.eventsById(placesFor(ids)), [account, ...ids])));
      }
      if (objectIds.length > 0) {
        const byObject = statements.eventsByObject(placesFor(objectIds));
        rows.push(...(await query(byObject, [account, ...objectIds])));
      }
      return [...new Map(rows.map((row) => [text(row, 'id'), row])).values()];
    },
    async forgetEvents(account, ids) {
      if (ids.length === 0) return;
      await run(statements.forgetEvents(placesFor(ids)), [account, ...ids]);
      await run(purgeProgress(placesFor(ids)), [account, ...ids]);
    },
    async eraseLines(key) {
      const id = whole(await recordOf(key), 'id');
      return (await run(statements.eraseLines, [id])).affected;
    },
    async eraseRecord(key, { reference, keepsLine }: Erasure) {
      const id = whole(await recordOf(key), 'id');
      const at = whole(onlyRow(await query(now, [])), 'now_ms');
      await run(statements.eraseRecord, [reference, at, id]);
      const row = await recordOf(key);
      if (keepsLine) await run(writeLine, lineOf(row, at));
      return row;
    },
  };
}

function lineOf(row: Row, at: number): readonly (string | number | null)[] {
  const state = text(row, 'state');
  return [
    whole(row, 'id'),
    whole(row, 'version'),
    text(row, 'account'),
    at,
    state,
    state,
    optional(text, row, 'reason'),
    optional(text, row, 'gateway_status'),
    optional(text, row, 'object_id'),
    'person',
    null,
    ERASED_NOTE,
  ];
}
