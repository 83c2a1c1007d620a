import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Inject, Injectable, type INestApplicationContext, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import Database from 'libsql';
import { Pool, type PoolClient } from 'pg';
import { postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnPaymentOutcome,
  OrdersService,
  TrackedMovements,
  PaymentTracker,
  type GlomopayTrackingOptions,
  type PaymentOutcome,
  type TrackedChange,
  type TrackedIntent,
  type TrackedRecord,
  type TrackingStore,
} from 'nestjs-glomopay';
import { PostgresTrackingStore, pgAdapter } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { CapturedLog } from '../support/captured-log.js';

/** A database with a table of the host, `lines`. */
export interface HostDatabase {
  store(): TrackingStore;
  write(tx: unknown, line: string): Promise<void>;
  lines(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function inMemory(): Promise<HostDatabase> {
  const store = new MemoryTrackingStore();
  const lines: string[] = [];
  return {
    store: () => store,
    async write(tx, line) {
      (tx as { afterCommit(work: () => void): void }).afterCommit(() => lines.push(line));
    },
    lines: async () => lines,
    async close() {},
  };
}

export async function inSqlite(): Promise<HostDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'closing-'));
  const open = () => new Database(path.join(folder, 'shop.db'));
  const own = open();
  own.exec('CREATE TABLE lines (line TEXT NOT NULL)');
  return {
    store: () => new SqliteTrackingStore(open),
    async write(tx, line) {
      (tx as Database.Database).prepare('INSERT INTO lines VALUES (?)').run(line);
    },
    lines: async () =>
      (own.prepare('SELECT line FROM lines').all() as { line: string }[]).map(({ line }) => line),
    async close() {
      own.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function inPostgres(): Promise<HostDatabase> {
  const schema = `closing_test_${randomBytes(6).toString('hex')}`;
  const pools: Pool[] = [];
  const aPool = () => {
    const pool = new Pool({ connectionString: postgresUrl, options: `-c search_path=${schema}` });
    pools.push(pool);
    return pool;
  };
  const own = aPool();
  await own.query(`CREATE SCHEMA ${schema}`);
  await own.query('CREATE TABLE lines (line text NOT NULL)');
  return {
    store: () => new PostgresTrackingStore(pgAdapter<PoolClient>(aPool())),
    async write(tx, line) {
      await (tx as PoolClient).query('INSERT INTO lines VALUES ($1)', [line]);
    },
    lines: async () =>
      (await own.query<{ line: string }>('SELECT line FROM lines')).rows.map(({ line }) => line),
    async close() {
      await own.query('SET client_min_messages = error');
      await own.query(`DROP SCHEMA ${schema} CASCADE`);
      for (const pool of pools) await pool.end();
    },
  };
}

const WRITE = Symbol('write');

/** The host's handler: a line in its table for each outcome. */
@Injectable()
export class Heard {
  failures = 0;
  readonly outcomes: PaymentOutcome[] = [];
  readonly #write: HostDatabase['write'];

  constructor(@Inject(WRITE) write: HostDatabase['write']) {
    this.#write = write;
  }

  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    await this.#write(tx, `${outcome.reference} ${outcome.outcome}`);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the shop is out of order');
    }
    this.outcomes.push(outcome);
  }
}

/** One process, with whatever is not as in the others. */
export interface ProcessParts {
  readonly providers?: readonly Provider[];
  readonly tracking?: Partial<GlomopayTrackingOptions>;
}

/** An application whose records a person closes, against its own sandbox. */
export interface ClosingDesk {
  readonly app: INestApplicationContext;
  readonly sandbox: GlomopaySandbox;
  readonly store: TrackingStore;
  readonly movements: TrackedMovements;
  readonly tracker: PaymentTracker;
  readonly heard: Heard;
  readonly log: CapturedLog;
  lines(): Promise<readonly string[]>;
  /** Another process on the same database, with a store of its own. */
  another(parts?: ProcessParts): Promise<INestApplicationContext>;
  anOrder(): Promise<string>;
  /** Has a record stand where a machine has left it. */
  put(change: TrackedChange, over?: Partial<TrackedIntent>): Promise<TrackedRecord>;
  close(): Promise<void>;
}

let records = 0;

export async function aClosingDesk(open: () => Promise<HostDatabase>): Promise<ClosingDesk> {
  const database = await open();
  const sandbox = await GlomopaySandbox.start();
  const log = new CapturedLog();
  const apps: INestApplicationContext[] = [];
  const boot = async (
    store: TrackingStore,
    { providers = [Heard], tracking }: ProcessParts = {},
  ): Promise<INestApplicationContext> => {
    const app = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({
          secretKey: sandbox.secretKey,
          baseUrl: sandbox.url,
          callbackUrl: 'https://shop.example/payment/callback',
          timeoutMs: 20_000,
        }),
        GlomopayTrackingModule.forRoot({
          store,
          sweep: { everyMs: 0, firstCheckMs: 0 },
          ...tracking,
        }),
      ],
      providers: [{ provide: WRITE, useValue: database.write }, ...providers],
    }).compile();
    app.useLogger(log);
    await app.init();
    apps.push(app);
    return app;
  };
  const store = database.store();
  const app = await boot(store);
  return {
    app,
    sandbox,
    store,
    movements: app.get(TrackedMovements),
    tracker: app.get(PaymentTracker),
    heard: app.get(Heard),
    log,
    lines: database.lines,
    another: (parts) => boot(database.store(), parts),
    anOrder: async () => {
      const order = await app
        .get(OrdersService)
        .create({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });
      return order.id;
    },
    put: async (change, over = {}) => {
      const requestId = `request-${(records += 1)}`;
      const { record } = await store.insert(
        {
          account: 'default',
          kind: 'payment',
          requestId,
          reference: over.requestId ?? requestId,
          subjectId: `order_${requestId}`,
          exclusive: true,
          amount: 1_000,
          currency: 'USD',
          ...over,
        },
        60_000,
      );
      const settled = await store.settle(record, {
        decide: () => change,
        effect: async () => undefined,
        nextCheckMs: 60_000,
        witness: { kind: 'sweep', id: null },
      });
      return settled?.after ?? record;
    },
    close: async () => {
      for (const each of apps) await each.close();
      await database.close();
      await sandbox.stop();
    },
  };
}
