export type {
  ExaminableTables,
  TableDifference,
  TablePartKind,
  TablesReport,
} from '../tracking/store/sql/tables-report.js';
export { drizzleAdapter } from './drizzle.adapter.js';
export type { DrizzleDatabase, DrizzleRunner, DrizzleSql } from './drizzle.adapter.js';
export type { KnexInstance, KnexTransaction } from '../tracking/store/sql/libraries/knex-source.js';
export { knexAdapter } from './knex.adapter.js';
export { kyselyAdapter } from './kysely.adapter.js';
export type { KyselyAdapterOptions, KyselyDatabase } from './kysely.adapter.js';
export type {
  KyselyResult,
  KyselyRunner,
  KyselyStatement,
} from '../tracking/store/sql/libraries/kysely-statement.js';
export { mikroOrmAdapter } from './mikro-orm.adapter.js';
export type { MikroOrmManager } from '../tracking/store/sql/libraries/mikro-orm-source.js';
export { pgAdapter } from './pg.adapter.js';
export type { PgAdapterOptions, PgClient, PgPool } from './pg.adapter.js';
export { morePostgresPartitions, postgresPartitions, type PartitionOptions } from './partitions.js';
export type { PostgresAdapter, PostgresQuery, TransactionOptions } from './postgres-adapter.js';
export { postgresJsAdapter } from './postgres-js.adapter.js';
export type { PostgresJsRunner, PostgresJsSql } from './postgres-js.adapter.js';
export type { PostgresLocks, PostgresStoreOptions } from './postgres-store-options.js';
export { PostgresTrackingStore } from './postgres-tracking-store.js';
export { prismaAdapter } from './prisma.adapter.js';
export type {
  PrismaDatabase,
  PrismaRunner,
} from '../tracking/store/sql/libraries/prisma-database.js';
export { sequelizeAdapter } from './sequelize.adapter.js';
export type {
  SequelizeConnections,
  SequelizeInstance,
  SequelizeTransaction,
} from '../tracking/store/sql/libraries/sequelize-source.js';
export { acceptLent } from '../tracking/store/sql/libraries/transaction-host.js';
export { lendToHost } from './transaction-host.js';
export type {
  AmbientTransactionAdapter,
  AmbientTransactionHost,
} from '../tracking/store/sql/libraries/transaction-host.js';
export { typeOrmAdapter } from './type-orm.adapter.js';
export type { TypeOrmDataSource, TypeOrmManager, TypeOrmQueryRunner } from './type-orm.adapter.js';
