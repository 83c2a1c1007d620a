export { acceptLent } from '../tracking/store/sql/libraries/transaction-host.js';
export type {
  AmbientTransactionAdapter,
  AmbientTransactionHost,
} from '../tracking/store/sql/libraries/transaction-host.js';
export type { KnexInstance, KnexTransaction } from '../tracking/store/sql/libraries/knex-source.js';
export type {
  KyselyResult,
  KyselyRunner,
  KyselyStatement,
} from '../tracking/store/sql/libraries/kysely-statement.js';
export type { MikroOrmManager } from '../tracking/store/sql/libraries/mikro-orm-source.js';
export type {
  PrismaDatabase,
  PrismaRunner,
} from '../tracking/store/sql/libraries/prisma-database.js';
export type {
  SequelizeConnections,
  SequelizeInstance,
  SequelizeTransaction,
} from '../tracking/store/sql/libraries/sequelize-source.js';
export { drizzleMysqlAdapter } from './drizzle.adapter.js';
export type { DrizzleMysqlDatabase } from './drizzle.adapter.js';
export { knexMysqlAdapter } from './knex.adapter.js';
export { kyselyMysqlAdapter } from './kysely.adapter.js';
export type {
  KyselyMysqlAdapterOptions,
  KyselyMysqlConnection,
  KyselyMysqlDatabase,
} from './kysely.adapter.js';
export { mariadbAdapter } from './mariadb.adapter.js';
export type { MariadbConnection, MariadbPool } from './mariadb.adapter.js';
export { mikroOrmMysqlAdapter } from './mikro-orm.adapter.js';
export { mysql2Adapter } from './mysql2.adapter.js';
export type { Mysql2CallbackPool, Mysql2Connection, Mysql2Pool } from './mysql2.adapter.js';
export type { MysqlAdapter, MysqlAnswer, MysqlQuery } from './mysql-adapter.js';
export type { MysqlStoreOptions } from './mysql-store-options.js';
export { MysqlTrackingStore } from './mysql-tracking-store.js';
export { prismaMysqlAdapter } from './prisma.adapter.js';
export type { PrismaMysqlAdapterOptions } from './prisma.adapter.js';
export { sequelizeMysqlAdapter } from './sequelize.adapter.js';
export { lendToHost } from './transaction-host.js';
export { typeOrmMysqlAdapter } from './type-orm.adapter.js';
export type {
  TypeOrmMysqlDataSource,
  TypeOrmMysqlManager,
  TypeOrmMysqlQueryRunner,
} from './type-orm.adapter.js';
export type { TransactionOptions } from '../tracking/store/sql/connections/sql-adapter.js';
