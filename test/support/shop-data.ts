import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

/** One row of the shop's `purchases`. */
export interface PurchaseRow {
  readonly reference: string;
  readonly outcome: string;
  readonly paymentId: string | null;
}

/** One row of the shop's `payment_events`. */
export interface PaymentEventRow {
  readonly type: string;
  readonly paymentId: string | null;
  readonly orderId: string | null;
  readonly status: string | null;
}

/** Where a shop of a test keeps its data, with a way in beside the shop. */
export interface ShopData {
  readonly environment: Readonly<Record<string, string>>;
  /** What outcomes have been written, oldest first. */
  purchases(): Promise<readonly PurchaseRow[]>;
  /** What buyers were told after an outcome, oldest first. */
  confirmations(): Promise<readonly PurchaseRow[]>;
  /** What webhooks have told, oldest first. */
  paymentEvents(): Promise<readonly PaymentEventRow[]>;
  remove(): Promise<void>;
}

const PURCHASES = 'SELECT reference, outcome, payment_id AS paymentid FROM purchases ORDER BY id';
const CONFIRMATIONS =
  'SELECT reference, outcome, payment_id AS paymentid FROM confirmations ORDER BY sent_at';
const EVENTS =
  'SELECT type, payment_id AS paymentid, order_id AS orderid, status FROM payment_events ORDER BY id';

/** The databases of a shop that are there, each with what opens one of its own. */
export const shopDatabases: readonly (readonly [string, () => Promise<ShopData>])[] = [
  ['SQLite', sqliteData] as const,
  ...((await isPostgresThere()) ? [['Postgres', postgresData] as const] : []),
];

/** A SQLite file in a directory of its own. */
export async function sqliteData(): Promise<ShopData> {
  const directory = await mkdtemp(join(tmpdir(), 'shop-'));
  const rowsOf = (sql: string): unknown[] => {
    const database = new Database(join(directory, 'shop.db'));
    const rows: unknown[] = database.prepare(sql).all();
    database.close();
    return rows;
  };
  return {
    environment: { DATA_DIR: directory },
    purchases: async () => rowsOf(PURCHASES).map(purchaseRow),
    confirmations: async () => rowsOf(CONFIRMATIONS).map(purchaseRow),
    paymentEvents: async () => rowsOf(EVENTS).map(paymentEventRow),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

let schemas = 0;

/** A schema of its own in the Postgres for tests. */
export async function postgresData(): Promise<ShopData> {
  const schema = `shop_test_${process.pid}_${(schemas += 1)}`;
  await withClient(postgresUrl, (client) => client.query(`CREATE SCHEMA ${schema}`));
  const url = new URL(postgresUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  const rowsOf = (sql: string): Promise<readonly unknown[]> =>
    withClient(postgresUrl, async (client) => {
      await client.query(`SET search_path TO ${schema}`);
      return (await client.query<Record<string, unknown>>(sql)).rows;
    });
  return {
    environment: { DATABASE_URL: url.href.replaceAll('+', '%20') },
    purchases: async () => (await rowsOf(PURCHASES)).map(purchaseRow),
    confirmations: async () => (await rowsOf(CONFIRMATIONS)).map(purchaseRow),
    paymentEvents: async () => (await rowsOf(EVENTS)).map(paymentEventRow),
    remove: () =>
      withClient(postgresUrl, async (client) => {
        await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      }),
  };
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function purchaseRow(row: unknown): PurchaseRow {
  const fields = new Map<string, unknown>(Object.entries(row ?? {}));
  return {
    reference: String(fields.get('reference')),
    outcome: String(fields.get('outcome')),
    paymentId: textOrNull(fields.get('paymentid')),
  };
}

function paymentEventRow(row: unknown): PaymentEventRow {
  const fields = new Map<string, unknown>(Object.entries(row ?? {}));
  return {
    type: String(fields.get('type')),
    paymentId: textOrNull(fields.get('paymentid')),
    orderId: textOrNull(fields.get('orderid')),
    status: textOrNull(fields.get('status')),
  };
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
