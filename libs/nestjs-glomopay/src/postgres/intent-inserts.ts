import { IntentInserts } from '../tracking/store/sql/intent-inserts.js';
import { intentsJson } from '../tracking/store/sql/new-intent.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { blamesRow } from './sql-state.js';
import { findMany, insertIntents } from './statements.js';

/** Writes intents that arrive together in one statement, so that they share one wait for the disk. */
export function intentInserts(query: PostgresQuery): IntentInserts {
  return new IntentInserts({
    write: (items) => query(insertIntents, [intentsJson(items)]),
    standing: (items) => query(findMany, [intentsJson(items)]),
    blamesRow,
  });
}
