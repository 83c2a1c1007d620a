export { mariadbAdapter } from './mariadb.adapter.js';
export type { MariadbConnection, MariadbPool } from './mariadb.adapter.js';
export { mysql2Adapter } from './mysql2.adapter.js';
export type { Mysql2CallbackPool, Mysql2Connection, Mysql2Pool } from './mysql2.adapter.js';
export type { MysqlAdapter, MysqlAnswer, MysqlQuery } from './mysql-adapter.js';
export type { MysqlStoreOptions } from './mysql-store-options.js';
export { MysqlTrackingStore } from './mysql-tracking-store.js';
export { typeOrmMysqlAdapter } from './type-orm.adapter.js';
export type {
  TypeOrmMysqlDataSource,
  TypeOrmMysqlManager,
  TypeOrmMysqlQueryRunner,
} from './type-orm.adapter.js';
export type { TransactionOptions } from '../tracking/store/sql/connections/sql-adapter.js';
