import type { EntityManager, MikroORM } from '@mikro-orm/mysql';
import type { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { MySql2Database, MySql2Transaction } from 'drizzle-orm/mysql2';
import type { Knex } from 'knex';
import type { ControlledTransaction, Kysely, Transaction as KyselyTransaction } from 'kysely';
import type { Pool as MariadbPool } from 'mariadb';
import type { Pool } from 'mysql2';
import type { Sequelize, Transaction } from 'sequelize';
import type { DataSource } from 'typeorm';
import type { TestPrismaClient, TestPrismaTransaction } from '../../test/prisma-client.js';
import { drizzleMysqlAdapter } from './drizzle.adapter.js';
import { knexMysqlAdapter } from './knex.adapter.js';
import { kyselyMysqlAdapter } from './kysely.adapter.js';
import { mikroOrmMysqlAdapter } from './mikro-orm.adapter.js';
import type { MysqlAdapter } from './mysql-adapter.js';
import { prismaMysqlAdapter } from './prisma.adapter.js';
import { sequelizeMysqlAdapter } from './sequelize.adapter.js';
import { lendToHost } from './transaction-host.js';
import { typeOrmMysqlAdapter } from './type-orm.adapter.js';

interface Tables {
  lines: { line: string };
}

/** What handlers get is the library's own transaction. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

function gives<Tx>() {
  return <Given>(_adapter: MysqlAdapter<Given>, isSame: Same<Given, Tx>): boolean => isSame;
}

type OfDrizzle = Parameters<Parameters<MySql2Database['transaction']>[0]>[0];

/** The real ones fit, and keep their types. */
export function fits(
  drizzle: MySql2Database,
  kysely: Kysely<Tables>,
  knex: Knex,
  sequelize: Sequelize,
  orm: MikroORM,
  prisma: TestPrismaClient,
  pool: Pool,
  mariadb: MariadbPool,
  dataSource: DataSource,
  host: TransactionHost<TransactionalAdapterTypeOrm>,
): void {
  gives<OfDrizzle>()(drizzleMysqlAdapter(drizzle), true);
  const ofDrizzle: MysqlAdapter<Pick<MySql2Transaction<never, never>, 'rollback'>> =
    drizzleMysqlAdapter(drizzle);
  void ofDrizzle;
  gives<KyselyTransaction<Tables>>()(kyselyMysqlAdapter(kysely, { pool }), true);
  // @ts-expect-error Kysely shows its pool to nobody
  kyselyMysqlAdapter(kysely);
  // @ts-expect-error nothing of ours is committed by a handler
  gives<ControlledTransaction<Tables>>()(kyselyMysqlAdapter(kysely, { pool }), true);
  gives<Knex.Transaction>()(knexMysqlAdapter(knex), true);
  gives<Transaction>()(sequelizeMysqlAdapter(sequelize), true);
  gives<typeof orm.em>()(mikroOrmMysqlAdapter(orm), true);
  gives<EntityManager>()(mikroOrmMysqlAdapter(orm.em as EntityManager), true);
  gives<TestPrismaTransaction>()(prismaMysqlAdapter(prisma, { pool: mariadb }), true);
  // @ts-expect-error the pool under Prisma is one of mariadb
  prismaMysqlAdapter(prisma, { pool });
  lendToHost(typeOrmMysqlAdapter(dataSource), host);
}
