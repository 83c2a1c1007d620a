export { drizzleAdapter } from './drizzle.adapter.js';
export type { DrizzleDatabase, DrizzleRunner, DrizzleSql } from './drizzle.adapter.js';
export { pgAdapter } from './pg.adapter.js';
export type { PgAdapterOptions, PgClient, PgPool } from './pg.adapter.js';
export type { PostgresAdapter, PostgresQuery, TransactionOptions } from './postgres-adapter.js';
export type { PostgresStoreOptions } from './postgres-store-options.js';
export { PostgresTrackingStore } from './postgres-tracking-store.js';
export { acceptLent, lendToHost } from './transaction-host.js';
export type { AmbientTransactionAdapter, AmbientTransactionHost } from './transaction-host.js';
export { typeOrmAdapter } from './type-orm.adapter.js';
export type { TypeOrmDataSource, TypeOrmManager, TypeOrmQueryRunner } from './type-orm.adapter.js';
export type {
  ExaminableTables,
  TableDifference,
  TablePartKind,
  TablesReport,
} from '../tracking/store/sql/tables-report.js';
