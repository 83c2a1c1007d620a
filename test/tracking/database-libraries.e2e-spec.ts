import { PrismaPg } from '@prisma/adapter-pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  OrdersService,
  PaymentTracker,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import {
  kyselyAdapter,
  postgresJsAdapter,
  PostgresTrackingStore,
  prismaAdapter,
  type PostgresAdapter,
} from 'nestjs-glomopay/postgres';
import { Pool } from 'pg';
import postgres from 'postgres';
import {
  aPostgresSchema,
  isPostgresThere,
  postgresPlace,
  schemaOf,
} from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import {
  prismaClientClass,
  type TestPrismaTransaction,
} from '../../libs/nestjs-glomopay/test/prisma-client.js';
import { aPaymentOf, theCallback, WEBHOOK_SECRET } from './tracked-shop.js';

type Config = { connectionString: string; options: string };

/** A host's database library: what the store gets, and how a handler writes a row in its own words. */
interface Library<Tx> {
  readonly adapter: PostgresAdapter<Tx>;
  write(tx: Tx, line: string): PromiseLike<unknown>;
  close(): Promise<void>;
}

if (await isPostgresThere()) {
  hostOf('Kysely', kysely);
  hostOf('Prisma', prisma);
  hostOf('postgres.js', postgresJs);
} else {
  describe.skip(`hosts of database libraries (skipped: no ${postgresPlace})`, () => {
    it('write their rows with the outcome', () => undefined);
  });
}

function hostOf<Tx>(name: string, open: (config: Config) => Promise<Library<Tx>>): void {
  describe(`A host with ${name}`, () => {
    let schema: Awaited<ReturnType<typeof aPostgresSchema>>;
    let library: Library<Tx>;
    let sandbox: GlomopaySandbox;
    let app: INestApplicationContext;
    let failures = 0;

    @Injectable()
    class Purchases {
      @OnPaymentOutcome()
      async record({ outcome, amount }: PaymentOutcome, tx: Tx): Promise<void> {
        await library.write(tx, `${outcome} ${amount}`);
        if (failures === 0) return;
        failures -= 1;
        throw new Error('the shop is out of order');
      }
    }

    beforeEach(async () => {
      failures = 0;
      schema = await aPostgresSchema();
      library = await open(schema.config());
      sandbox = await GlomopaySandbox.start();
      app = await Test.createTestingModule({
        imports: [
          GlomopayModule.forRoot({
            secretKey: sandbox.secretKey,
            webhookSecret: WEBHOOK_SECRET,
            baseUrl: sandbox.url,
            callbackUrl: 'https://shop.example/payment/callback',
          }),
          GlomopayTrackingModule.forRoot({
            store: new PostgresTrackingStore(library.adapter),
            sweep: { everyMs: 0, firstCheckMs: 0 },
          }),
        ],
        providers: [Purchases],
      }).compile();
      app.useLogger(false);
      await app.init();
    });
    afterEach(async () => {
      await app.close();
      await library.close();
      await sandbox.stop();
      await schema.drop();
    });

    async function approved() {
      const tracker = app.get(PaymentTracker);
      const order = await app
        .get(OrdersService)
        .create({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });
      const { payment } = await tracker.pay(aPaymentOf(order.id), {
        amount: 1_000,
        currency: 'USD',
      });
      const callback = theCallback(order.id, payment.paymentId);
      sandbox.completePayment(callback.paymentId, 'approve');
      return { tracker, confirm: () => tracker.confirm(callback) };
    }

    it('commits its own row with the outcome, once, whoever many bring it', async () => {
      const { confirm } = await approved();
      const confirmed = await Promise.all(Array.from({ length: 5 }, confirm));
      expect(confirmed.map((payment) => payment?.state)).toEqual(Array(5).fill('succeeded'));
      expect(await schema.lines()).toEqual(['succeeded 1000']);
    });

    it('keeps neither when its handler fails, and both when that is done again', async () => {
      const { tracker, confirm } = await approved();
      failures = 1;
      expect(await confirm()).toMatchObject({ state: 'attempted' });
      expect(await schema.lines()).toEqual([]);
      await tracker.sweep();
      expect(await schema.lines()).toEqual(['succeeded 1000']);
      expect(await confirm()).toMatchObject({ state: 'succeeded' });
      expect(await schema.lines()).toEqual(['succeeded 1000']);
    });
  });
}

interface Tables {
  lines: { line: string };
}

async function kysely(config: Config): Promise<Library<Transaction<Tables>>> {
  const pool = new Pool({ ...config, max: 4 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    adapter: kyselyAdapter(db, { pool }),
    write: (tx, line) => tx.insertInto('lines').values({ line }).execute(),
    close: () => db.destroy(),
  };
}

async function prisma(config: Config): Promise<Library<TestPrismaTransaction>> {
  const PrismaClient = await prismaClientClass();
  class PrismaService extends PrismaClient {}
  const pool = new Pool({ ...config, max: 4 });
  const client = new PrismaService({ adapter: new PrismaPg(pool, { schema: schemaOf(config) }) });
  return {
    adapter: prismaAdapter(client),
    write: (tx, line) => tx.line.create({ data: { line } }),
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function postgresJs({
  connectionString,
  options,
}: Config): Promise<Library<postgres.TransactionSql>> {
  const sql = postgres(connectionString, { max: 4, connection: { options } });
  return {
    adapter: postgresJsAdapter(sql),
    write: (tx, line) => tx`INSERT INTO lines ${tx({ line })}`,
    close: () => sql.end(),
  };
}
