import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Injectable, type INestApplicationContext, type Provider, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import Database from 'libsql';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  OrdersService,
  type CreatePaymentInput,
  type GlomopayCallback,
  type GlomopayTrackingOptions,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { verifiedCallback } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import type { FastClock } from '../support/library/fast-clock.js';
import { withClock } from '../support/with-clock.js';

/** The shop's own rows, written through the transaction of the outcome. */
@Injectable()
export class Purchases {
  failures = 0;
  readonly seen: PaymentOutcome[] = [];

  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome, tx: Database.Database): Promise<void> {
    tx.prepare('INSERT INTO purchases (reference, outcome) VALUES (?, ?)').run(
      outcome.reference,
      outcome.outcome,
    );
    await Promise.resolve();
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the shop is out of order');
    }
    this.seen.push(outcome);
  }
}

export const WEBHOOK_SECRET = 'whsec_of_these_tests_1f0c2e';

/** What another process has, when it is not the same. */
export interface OtherParts {
  /** Its providers. @defaultValue the shop's purchases */
  readonly providers?: readonly Provider[];
  readonly tracking?: Partial<GlomopayTrackingOptions>;
  /** Modules beside tracking. */
  readonly modules?: readonly Type[];
  /** Its time. @defaultValue the machine's */
  readonly clock?: FastClock;
}

/** A shop with tracking on SQLite, against its own sandbox. */
export interface TrackedShop {
  readonly app: INestApplicationContext;
  readonly sandbox: GlomopaySandbox;
  readonly purchases: Purchases;
  /** The rows that have been committed, in the order of their writing. */
  rows(): readonly { reference: string; outcome: string }[];
  /** Another process would do the same: a second application on the same file. */
  second(parts?: OtherParts): Promise<INestApplicationContext>;
  anOrder(amount?: number): Promise<string>;
  /** Lets an intent look older than it is, as after a clock has stepped. */
  age(requestId: string, minutes: number): void;
  /** Lets a handler have been noted last so long ago. */
  forgetting(handler: string, ms: number): void;
  /** Makes every look of the sweeper due. */
  due(): void;
  readonly log: CapturedLog;
  close(): Promise<void>;
}

export async function aTrackedShop(first: OtherParts = {}): Promise<TrackedShop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tracked-'));
  const file = path.join(folder, 'shop.db');
  const open = () => new Database(file);
  const own = open();
  own.exec('CREATE TABLE purchases (reference TEXT NOT NULL, outcome TEXT NOT NULL)');
  const sandbox = await GlomopaySandbox.start();
  const log = new CapturedLog();
  const apps: INestApplicationContext[] = [];
  const account = GlomopayModule.forRoot({
    secretKey: sandbox.secretKey,
    webhookSecret: WEBHOOK_SECRET,
    baseUrl: sandbox.url,
    callbackUrl: 'https://shop.example/payment/callback',
    timeoutMs: 2_000,
    retry: { baseDelayMs: 10, maxDelayMs: 50 },
  });
  const boot = async ({
    providers = [Purchases],
    tracking,
    modules = [],
    clock,
  }: OtherParts = {}) => {
    const app = await Test.createTestingModule({
      imports: [
        ...modules,
        clock === undefined ? account : withClock(account, clock),
        GlomopayTrackingModule.forRoot({
          store: new SqliteTrackingStore(open),
          sweep: { everyMs: 0, firstCheckMs: 0 },
          ...tracking,
        }),
      ],
      providers: [...providers],
    }).compile();
    app.useLogger(log);
    await app.init();
    apps.push(app);
    return app;
  };
  const app = await boot(first);
  return {
    app,
    sandbox,
    purchases: app.get(Purchases),
    rows: () =>
      own.prepare('SELECT reference, outcome FROM purchases').all() as {
        reference: string;
        outcome: string;
      }[],
    second: boot,
    anOrder: async (amount = 1_000) => {
      const order = await app
        .get(OrdersService)
        .create({ customerId: sandbox.demoCustomerId, amount, currency: 'USD' });
      return order.id;
    },
    age: (requestId, minutes) => {
      own
        .prepare('UPDATE glomopay_movements SET created_at = created_at - ? WHERE request_id = ?')
        .run(minutes * 60_000, requestId);
    },
    forgetting: (handler, ms) => {
      own
        .prepare('UPDATE glomopay_handlers SET seen_at = seen_at - ? WHERE handler = ?')
        .run(ms, handler);
    },
    due: () => {
      own
        .prepare('UPDATE glomopay_movements SET next_check_at = 0 WHERE next_check_at IS NOT NULL')
        .run();
    },
    log,
    close: async () => {
      for (const each of apps) await each.close();
      own.close();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A card payment of an order, valid unless spoiled. */
export function aPaymentOf(
  orderId: string,
  over: Partial<CreatePaymentInput> = {},
): CreatePaymentInput {
  return {
    orderId,
    requestId: `payment-of-${orderId}`,
    card: {
      holderName: 'Asha Rao',
      number: '4111111111111111',
      expiryMonth: '12',
      expiryYear: '2030',
      cvv: '123',
    },
    ...over,
  } as CreatePaymentInput;
}

/** What the buyer's browser brings back, verified. */
export function theCallback(orderId: string, paymentId: string | null): GlomopayCallback {
  return verifiedCallback({ orderId, paymentId: paymentId ?? 'payt_unknown', status: 'success' });
}
