import { randomBytes } from 'node:crypto';
import { defineConfig, EntitySchema, MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import knex, { type Knex } from 'knex';
import type { TrackingStore } from 'nestjs-glomopay';
import {
  knexAdapter,
  mikroOrmAdapter,
  PostgresTrackingStore,
  sequelizeAdapter,
} from 'nestjs-glomopay/postgres';
import { Pool } from 'pg';
import { DataTypes, Sequelize, type Transaction } from 'sequelize';
import { postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

/** A host's database library on a schema of its own, with a table of purchases: one for each reference. */
export interface OrmHost<Tx> {
  readonly store: TrackingStore<Tx>;
  /** Writes a purchase as such a host does. */
  buy(tx: Tx, reference: string): Promise<void>;
  purchases(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Every library, by its name. */
export const ormHosts: readonly (readonly [string, () => Promise<OrmHost<unknown>>])[] = [
  ['Knex', onKnex],
  ['Sequelize', onSequelize],
  ['MikroORM', onMikroOrm],
];

async function aSchema() {
  const name = `orm_host_${randomBytes(6).toString('hex')}`;
  const options = `-c search_path=${name} -c client_min_messages=error`;
  const pool = new Pool({ connectionString: postgresUrl, options, max: 1 });
  await pool.query(`CREATE SCHEMA ${name}`);
  await pool.query(
    'CREATE TABLE purchases (id serial PRIMARY KEY, reference text UNIQUE NOT NULL)',
  );
  return {
    options,
    async purchases() {
      const { rows } = await pool.query<{ reference: string }>(
        'SELECT reference FROM purchases ORDER BY id',
      );
      return rows.map(({ reference }) => reference);
    },
    async drop() {
      await pool.query(`DROP SCHEMA ${name} CASCADE`);
      await pool.end();
    },
  };
}

async function onKnex(): Promise<OrmHost<Knex.Transaction>> {
  const { options, purchases, drop } = await aSchema();
  const host = knex({
    client: 'pg',
    connection: { connectionString: postgresUrl, options },
    pool: { min: 0, max: 4 },
  });
  return {
    store: new PostgresTrackingStore(knexAdapter(host)),
    async buy(trx, reference) {
      await trx('purchases').insert({ reference });
    },
    purchases,
    async close() {
      await host.destroy();
      await drop();
    },
  };
}

async function onSequelize(): Promise<OrmHost<Transaction>> {
  const { options, purchases, drop } = await aSchema();
  const host = new Sequelize(postgresUrl, { dialectOptions: { options }, logging: false });
  const Purchase = host.define(
    'purchase',
    { reference: DataTypes.TEXT },
    { tableName: 'purchases', timestamps: false },
  );
  return {
    store: new PostgresTrackingStore(sequelizeAdapter(host)),
    async buy(transaction, reference) {
      await Purchase.create({ reference }, { transaction });
    },
    purchases,
    async close() {
      await host.close();
      await drop();
    },
  };
}

class Purchase {
  id!: number;
  constructor(readonly reference: string) {}
}

const purchaseSchema = new EntitySchema<Purchase>({
  class: Purchase,
  tableName: 'purchases',
  properties: { id: { type: 'integer', primary: true }, reference: { type: 'text' } },
});

async function onMikroOrm(): Promise<OrmHost<EntityManager>> {
  const { options, purchases, drop } = await aSchema();
  const orm = await MikroORM.init(
    defineConfig({
      clientUrl: postgresUrl,
      entities: [purchaseSchema],
      driverOptions: { connection: { options } },
    }),
  );
  return {
    store: new PostgresTrackingStore(mikroOrmAdapter(orm)),
    // Not flushed here: that is the adapter's part.
    async buy(em, reference) {
      em.persist(new Purchase(reference));
    },
    purchases,
    async close() {
      await orm.close(true);
      await drop();
    },
  };
}
