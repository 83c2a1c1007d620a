export type { SqliteDatabase, SqliteStatement } from './sqlite-database.js';
export { SqliteTrackingStore } from './sqlite-tracking-store.js';
export type { SqliteStoreOptions } from './sqlite-store-options.js';
export type {
  ExaminableTables,
  TableDifference,
  TablePartKind,
  TablesReport,
} from '../tracking/store/sql/tables-report.js';
