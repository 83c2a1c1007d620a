import { grantsOf } from '../mysql/grants.js';
import { mysqlMigrations } from '../mysql/migrations.js';
import { mysql2Adapter, type Mysql2Connection, type Mysql2Pool } from '../mysql/mysql2.adapter.js';
import { mysqlNames } from '../mysql/mysql-store-options.js';
import { MysqlTrackingStore } from '../mysql/mysql-tracking-store.js';
import type { Dialect } from './dialect.js';
import { hostDriver, noDriver } from './host-driver.js';

interface Pool extends Mysql2Pool<Mysql2Connection> {
  end(): Promise<void>;
}

type CreatePool = (options: object) => Pool;

export const mysqlDialect: Dialect = {
  schemes: ['mysql://', 'mariadb://'],
  example: 'mysql://user@host/database',
  statements: (from, { tablePrefix }) => mysqlMigrations(from, mysqlNames(tablePrefix)),
  grants: ({ tablePrefix }) => grantsOf(mysqlNames(tablePrefix)),
  async open(url, { tablePrefix }) {
    const createPool = poolMaker(await hostDriver('mysql2/promise')) ?? noDriver('mysql2');
    const pool = createPool({ uri: url, connectionLimit: 2 });
    const store = new MysqlTrackingStore(
      mysql2Adapter(pool),
      tablePrefix === undefined ? {} : { tablePrefix },
    );
    return {
      store,
      close: async () => {
        await store.close();
        await pool.end();
      },
    };
  },
};

function poolMaker(driver: Readonly<Record<string, unknown>> | undefined): CreatePool | undefined {
  const exported = driver?.['createPool'];
  return typeof exported === 'function' ? (exported as CreatePool) : undefined;
}
