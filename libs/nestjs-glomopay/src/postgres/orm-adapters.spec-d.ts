import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Knex } from 'knex';
import type { Sequelize, Transaction } from 'sequelize';
import { knexAdapter } from './knex.adapter.js';
import { mikroOrmAdapter } from './mikro-orm.adapter.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { sequelizeAdapter } from './sequelize.adapter.js';

/** What handlers get is the library's own transaction. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

function gives<Tx>() {
  return <Given>(_adapter: PostgresAdapter<Given>, isSame: Same<Given, Tx>): boolean => isSame;
}

/** The real ones fit, and keep their types. */
export function fits(knex: Knex, sequelize: Sequelize, orm: MikroORM, em: EntityManager): void {
  gives<Knex.Transaction>()(knexAdapter(knex), true);
  gives<Transaction>()(sequelizeAdapter(sequelize), true);
  gives<typeof orm.em>()(mikroOrmAdapter(orm), true);
  gives<EntityManager>()(mikroOrmAdapter(em), true);
  // @ts-expect-error: no adapter gives anything else
  gives<EntityManager>()(knexAdapter(knex), true);
}
