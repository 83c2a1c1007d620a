export type { SqliteDatabase, SqliteStatement } from './sqlite-database.js';
export { SqliteTrackingStore } from './sqlite-tracking-store.js';
