export { drizzleAdapter } from './drizzle.adapter.js';
export type { DrizzleDatabase, DrizzleRunner, DrizzleSql } from './drizzle.adapter.js';
export { pgAdapter } from './pg.adapter.js';
export type { PgAdapterOptions, PgClient, PgPool } from './pg.adapter.js';
export type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
export { PostgresTrackingStore } from './postgres-tracking-store.js';
export { typeOrmAdapter } from './type-orm.adapter.js';
export type { TypeOrmDataSource, TypeOrmManager } from './type-orm.adapter.js';
