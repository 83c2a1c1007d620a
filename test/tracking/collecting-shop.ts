import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import Database from 'libsql';
import {
  CallbackVerifier,
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnPaymentOutcome,
  OrdersService,
  PaymentLinksService,
  PaymentsService,
  SubscriptionsService,
  WebhookInbox,
  type GlomopayCallback,
  type GlomopayTrackingOptions,
  type Payment,
  type PaymentOutcome,
  type TrackedKind,
  type TrackingStore,
} from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool } from 'pg';
import {
  aPostgresSchema,
  isPostgresThere,
} from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import { until } from '../support/until.js';
import { aPaymentOf, WEBHOOK_SECRET } from './tracked-shop.js';

const DAY_MS = 86_400_000;

/** Outcomes as a shop hears of them. */
@Injectable()
export class Heard {
  readonly outcomes: PaymentOutcome[] = [];

  @OnPaymentOutcome({ name: 'heard' })
  async hear(outcome: PaymentOutcome): Promise<void> {
    this.outcomes.push(outcome);
  }
}

/** A database for the stores of a test. */
export interface Shelf {
  open(): TrackingStore;
  close(): Promise<void>;
}

/** The stores of this library that are there, by the kind of their database. */
export const shelves: Readonly<Record<string, () => Promise<Shelf>>> = Object.fromEntries([
  ['memory', inMemory] as const,
  ['SQLite', onSqlite] as const,
  ...((await isPostgresThere()) ? [['Postgres', onPostgres] as const] : []),
]);

async function inMemory(): Promise<Shelf> {
  const store = new MemoryTrackingStore();
  return { open: () => store, close: async () => undefined };
}

async function onSqlite(): Promise<Shelf> {
  const folder = mkdtempSync(path.join(tmpdir(), 'collecting-'));
  return {
    open: () => new SqliteTrackingStore(() => new Database(path.join(folder, 'shop.db'))),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function onPostgres(): Promise<Shelf> {
  const schema = await aPostgresSchema();
  const pool = new Pool({ ...schema.config('-c synchronous_commit=off'), max: 6 });
  return {
    open: () => new PostgresTrackingStore(pgAdapter(pool)),
    close: async () => {
      await pool.end();
      await schema.drop();
    },
  };
}

/** A shop that is paid at pages of the gateway, against its own sandbox, whose time may begin earlier. */
export interface CollectingShop {
  readonly app: INestApplicationContext;
  readonly sandbox: GlomopaySandbox;
  readonly store: TrackingStore;
  /** Everything that any of its processes heard, in order. */
  heard(): readonly PaymentOutcome[];
  /** Another process on the same database. */
  second(tracking?: Partial<GlomopayTrackingOptions>): Promise<INestApplicationContext>;
  /** Ends a process as a deployment does. */
  stop(app: INestApplicationContext): Promise<void>;
  anOrder(amount?: number): Promise<string>;
  /** A link that can be paid for so many days. */
  aLink(days?: number): Promise<string>;
  /** A plan with a charge of 10.00 USD each month. */
  aMonthlyPlan(): Promise<string>;
  /** A plan that is charged when the merchant says so, up to 50.00 USD. */
  anAsPresentedPlan(): Promise<string>;
  /** Somebody begins to pay at a page that is not ours; gives the payment. */
  begins(payin: { orderId: string } | { subscriptionId: string }): Promise<string>;
  /** Somebody pays so; gives the payment and what the browser brings back. */
  pays(
    payin: { orderId: string } | { subscriptionId: string },
    decision?: 'approve' | 'decline',
  ): Promise<{ readonly paymentId: string; readonly callback: GlomopayCallback }>;
  /** The payments of a subscription, oldest first. */
  paymentsOf(subscriptionId: string): Promise<readonly Payment[]>;
  /** Answers the bank for a payment. */
  answers(paymentId: string, decision?: 'approve' | 'decline'): GlomopayCallback;
  /** Everything that the gateway has told so far arrives, oldest first unless turned round. */
  allArrives(options?: { readonly newestFirst?: boolean; readonly only?: RegExp }): Promise<void>;
  /** Makes the next look at a record due. */
  due(kind: TrackedKind, requestId: string): Promise<void>;
  days(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function aCollectingShop(
  shelf: Shelf,
  { behindMs = 0 }: { readonly behindMs?: number } = {},
): Promise<CollectingShop> {
  const sandbox = await GlomopaySandbox.start({ clock: { now: () => Date.now() - behindMs } });
  const apps = new Set<INestApplicationContext>();
  const heard: PaymentOutcome[][] = [];
  const boot = async (tracking: Partial<GlomopayTrackingOptions> = {}) => {
    const store = shelf.open();
    const app = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({
          secretKey: sandbox.secretKey,
          webhookSecret: WEBHOOK_SECRET,
          baseUrl: sandbox.url,
          callbackUrl: 'https://shop.example/payment/callback',
          timeoutMs: 5_000,
          retry: { baseDelayMs: 10, maxDelayMs: 50 },
        }),
        GlomopayTrackingModule.forRoot({
          store,
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 20 },
          ...tracking,
        }),
      ],
      providers: [Heard],
    }).compile();
    app.useLogger(false);
    await app.init();
    apps.add(app);
    heard.push(app.get(Heard).outcomes);
    return { app, store };
  };
  const { app, store } = await boot();
  let purchases = 0;
  const plan = {
    customerId: sandbox.demoCustomerId,
    productName: 'ShieldGuard Insurance',
    productDescription: 'Monthly insurance: belongings, travel and digital assets',
    amount: 1_000,
    currency: 'USD',
    expiresAt: dayAfter(20),
    notifyCustomer: false,
    startsWithFirstPayment: true,
  } as const;
  const begins: CollectingShop['begins'] = async (payin) => {
    purchases += 1;
    const { orderId: _, ...card } = aPaymentOf('', { requestId: `elsewhere-${purchases}` });
    const request = { ...card, ...payin } as Parameters<PaymentsService['create']>[0];
    return (await app.get(PaymentsService).create(request)).paymentId;
  };
  const answers: CollectingShop['answers'] = (paymentId, decision = 'approve') => {
    const back = new URL(sandbox.completePayment(paymentId, decision));
    return app.get(CallbackVerifier).verify(Object.fromEntries(back.searchParams));
  };
  return {
    app,
    sandbox,
    store,
    heard: () => heard.flat(),
    second: async (tracking) => (await boot(tracking)).app,
    stop: async (each) => {
      apps.delete(each);
      await each.close();
    },
    anOrder: async (amount = 1_000) => {
      const order = { customerId: sandbox.demoCustomerId, amount, currency: 'USD' } as const;
      return (await app.get(OrdersService).create(order)).id;
    },
    aLink: async (days = 10) => {
      const link = await app.get(PaymentLinksService).create({
        customerId: sandbox.demoCustomerId,
        amount: 1_000,
        currency: 'USD',
        purposeCode: 'P1401',
        expiresAt: new Date(sandbox.clock.now() + days * DAY_MS).toISOString(),
        notifyCustomer: false,
      });
      return link.id;
    },
    aMonthlyPlan: async () => {
      const subscription = await app.get(SubscriptionsService).create({
        ...plan,
        intervalType: 'month',
        intervalCount: 1,
        billingCycles: 12,
        startDate: dayAfter(0),
      });
      return subscription.id;
    },
    anAsPresentedPlan: async () => {
      const subscription = await app
        .get(SubscriptionsService)
        .create({ ...plan, intervalType: 'as_presented', maxAmount: 5_000 });
      return subscription.id;
    },
    begins,
    answers,
    paymentsOf: async (subscriptionId) =>
      (await app.get(PaymentsService).list({ subscriptionId })).data.toReversed(),
    pays: async (payin, decision) => {
      const paymentId = await begins(payin);
      return { paymentId, callback: answers(paymentId, decision) };
    },
    allArrives: async ({ newestFirst = false, only = /./ } = {}) => {
      const inbox = app.get(WebhookInbox);
      await sandbox.clock.advance(0);
      const events = sandbox.webhooks.events().filter(({ type }) => only.test(type));
      for (const { body } of newestFirst ? events : events.toReversed()) {
        const bytes = Buffer.from(body);
        const signature = createHmac('sha256', WEBHOOK_SECRET).update(bytes).digest('hex');
        await inbox.receive(bytes, signature);
      }
      await until(async () => (await inbox.counts()).open === 0);
    },
    due: (kind, requestId) => store.reschedule({ account: 'default', kind, requestId }, 0),
    days: async (count) => sandbox.clock.advance(count * DAY_MS),
    close: async () => {
      for (const each of apps) await each.close();
      await shelf.close();
      await sandbox.stop();
    },
  };
}

function dayAfter(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}
