import { Logger } from '@nestjs/common';
import type { TrackingStore } from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { Client, Pool } from 'pg';
import { ShopConfigurationError } from '../config/shop-configuration.error.js';
import { PostgresSql } from './postgres-sql.js';
import { schema } from './schema.js';
import { ShopDatabase } from './shop-database.js';
import type { Sql, SqlValue } from './sql.js';

/** A settlement holds a connection while it runs, so there must be more than a few. */
const MOST_CONNECTIONS = 10;
const CONNECT_MS = 10_000;

/** The shop's data in Postgres, for any number of processes and machines. */
export class PostgresShopDatabase extends ShopDatabase {
  readonly #pool: Pool;
  readonly #sql: PostgresSql;

  private constructor(pool: Pool) {
    super();
    this.#pool = pool;
    this.#sql = new PostgresSql(pool);
  }

  /**
   * Connects, and makes the tables where they are missing.
   *
   * @throws {ShopConfigurationError} the database cannot be used; the message names no part of the
   *   address, because that has a password in it.
   */
  static async open(url: string): Promise<PostgresShopDatabase> {
    const pool = new Pool({
      connectionString: url,
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'harbour-lane-coffee',
      keepAlive: true,
      // A start that fails later on must not be kept waiting by connections nobody uses.
      allowExitOnIdle: true,
    });
    const logger = new Logger(PostgresShopDatabase.name);
    // An idle connection that breaks is replaced; without a listener it would end the process.
    pool.on('error', (error) => logger.warn(`A connection to Postgres broke (${codeOf(error)})`));
    try {
      await makeTables(pool);
      return new PostgresShopDatabase(pool);
    } catch (error) {
      await pool.end();
      throw new ShopConfigurationError([
        `DATABASE_URL: the database cannot be reached, or refuses the shop (${codeOf(error)})`,
      ]);
    }
  }

  override run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return this.#sql.run(sql, ...values);
  }

  override all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    return this.#sql.all(sql, ...values);
  }

  override trackingStore(): TrackingStore {
    return new PostgresTrackingStore(pgAdapter(this.#pool));
  }

  override on(tx: unknown): Sql {
    if (!(tx instanceof Client)) {
      throw new TypeError('The transaction is not one of the Postgres store');
    }
    return new PostgresSql(tx);
  }

  override async onApplicationShutdown(): Promise<void> {
    if (!this.#pool.ending) {
      await this.#pool.end();
    }
  }
}

/** Under a lock: of two processes that start at the same time the second waits and finds them. */
async function makeTables(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('harbour lane schema'))`);
    await client.query(schema('integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY'));
    await client.query('SELECT id, reference, outcome FROM purchases LIMIT 0');
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    // Closed rather than given back: its transaction goes with it.
    client.release(true);
    throw error;
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : 'no code';
}
