import { Injectable, type INestApplicationContext, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  AfterPaymentOutcome,
  type EventDelivery,
  GlomopayModule,
  GlomopayTrackingModule,
  type GlomopayTrackingOptions,
  ManualEngine,
  OnGlomopayEvent,
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { signWebhook } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import type { FastClock } from '../support/library/fast-clock.js';
import type { Storage } from '../support/storages.js';
import { withClock } from '../support/with-clock.js';
import { aPaymentOf, theCallback, WEBHOOK_SECRET } from './tracked-shop.js';

/** One call of a handler after an outcome. */
export interface Told {
  readonly outcome: PaymentOutcome;
  readonly id: string;
  readonly attempt: number;
}

/** A handler whose behaviour a test decides. */
@Injectable()
export class Mail {
  readonly told: Told[] = [];
  act: (outcome: PaymentOutcome, delivery: EventDelivery) => unknown = () => undefined;

  @AfterPaymentOutcome({ name: 'mail' })
  async send(outcome: PaymentOutcome, delivery: EventDelivery): Promise<void> {
    const { id, attempt } = delivery;
    this.told.push({ outcome, id, attempt });
    await this.act(outcome, delivery);
  }
}

/** Another one, which is always well. */
@Injectable()
export class Broker {
  readonly told: string[] = [];

  @AfterPaymentOutcome()
  publish({ reference }: PaymentOutcome): void {
    this.told.push(reference);
  }
}

/** A listener to everything that the gateway tells. */
@Injectable()
export class Ears {
  readonly heard: string[] = [];

  @OnGlomopayEvent('*')
  hear({ type }: { readonly type: string }): void {
    this.heard.push(type);
  }
}

/** What is written in the transaction of an outcome. */
@Injectable()
export class Ledger {
  failures = 0;
  storage: Storage | undefined;
  readonly seen: PaymentOutcome[] = [];

  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    await this.storage?.write(tx, outcome.outcome);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the ledger is closed');
    }
    this.seen.push(outcome);
  }
}

/** Another process, where it is not the same. */
export interface ShopParts {
  readonly providers?: readonly Provider[];
  readonly tracking?: Partial<GlomopayTrackingOptions>;
  readonly clock?: FastClock;
}

/** A process of the shop. */
export interface ShopProcess {
  readonly app: INestApplicationContext;
  readonly tracker: PaymentTracker;
  readonly inbox: WebhookInbox;
  readonly mail: Mail;
  /** Works on everything that is due. */
  workOff(): Promise<unknown>;
}

export interface AfterShop {
  readonly sandbox: GlomopaySandbox;
  readonly storage: Storage;
  readonly log: CapturedLog;
  boot(parts?: ShopParts): Promise<ShopProcess>;
  close(): Promise<void>;
}

export const usd = { amount: 1_000, currency: 'USD' };
export const everything: readonly Provider[] = [Mail, Broker, Ears, Ledger];

/** Processes of one shop on one database; nothing happens by itself, unless an engine says so. */
export async function anAfterShop(open: () => Promise<Storage>): Promise<AfterShop> {
  const storage = await open();
  const sandbox = await GlomopaySandbox.start();
  const log = new CapturedLog();
  const apps: INestApplicationContext[] = [];
  const account = GlomopayModule.forRoot({
    secretKey: sandbox.secretKey,
    webhookSecret: WEBHOOK_SECRET,
    baseUrl: sandbox.url,
    callbackUrl: 'https://shop.example/payment/callback',
    retry: { baseDelayMs: 10, maxDelayMs: 50 },
  });
  const boot = async ({ providers = everything, tracking, clock }: ShopParts = {}) => {
    const manual = new ManualEngine();
    const app = await Test.createTestingModule({
      imports: [
        clock === undefined ? account : withClock(account, clock),
        GlomopayTrackingModule.forRoot({
          store: storage.another(),
          engine: manual,
          sweep: { everyMs: 0, firstCheckMs: 0 },
          ...tracking,
          inbox: { retryBaseMs: 1, retryMaxMs: 1, ...tracking?.inbox },
        }),
      ],
      providers: [...providers],
    }).compile();
    app.useLogger(log);
    await app.init();
    apps.push(app);
    if (providers.includes(Ledger)) app.get(Ledger).storage = storage;
    return {
      app,
      tracker: app.get(PaymentTracker),
      inbox: app.get(WebhookInbox),
      mail: providers.includes(Mail) ? app.get(Mail) : new Mail(),
      workOff: () => manual.workOff(),
    };
  };
  return {
    sandbox,
    storage,
    log,
    boot,
    async close() {
      for (const app of apps) await app.close();
      await storage.close();
      await sandbox.stop();
    },
  };
}

/** A payment that the bank has decided about and the shop has not heard of. */
export async function aDecided(
  { sandbox }: AfterShop,
  { app, tracker }: ShopProcess,
  decision: 'approve' | 'decline' = 'approve',
) {
  const order = await app.get(OrdersService).create({ customerId: sandbox.demoCustomerId, ...usd });
  const { payment } = await tracker.pay(aPaymentOf(order.id), usd);
  const paymentId = String(payment.paymentId);
  sandbox.completePayment(paymentId, decision);
  return { orderId: order.id, paymentId, requestId: payment.requestId };
}

/** Every witness of an outcome, by what a host does with it. */
export const witnesses: readonly (readonly [
  string,
  (process: ShopProcess, payment: Awaited<ReturnType<typeof aDecided>>) => Promise<unknown>,
])[] = [
  [
    'a callback',
    ({ tracker }, { orderId, paymentId }) => tracker.confirm(theCallback(orderId, paymentId)),
  ],
  ['a look of the host', ({ tracker }, { requestId }) => tracker.check(requestId)],
  ['the sweeper', ({ tracker }) => tracker.sweep()],
  [
    'a webhook',
    ({ inbox }, { paymentId, orderId }) => {
      const data = { id: paymentId, payin_id: orderId };
      const { body, headers } = signWebhook({ type: 'payment.success', data }, WEBHOOK_SECRET);
      return inbox.receive(body, headers['x-glomopay-signature']);
    },
  ],
];

/** A payment that the gateway refuses at once. */
export async function aRefused({ sandbox }: AfterShop, { app, tracker }: ShopProcess) {
  const order = await app.get(OrdersService).create({ customerId: sandbox.demoCustomerId, ...usd });
  const refused = aPaymentOf(order.id, {
    card: { ...aPaymentOf(order.id).card, number: '4000000000000002' } as never,
  });
  await tracker.pay(refused, usd).then(
    () => Promise.reject(new Error('the gateway took it')),
    () => undefined,
  );
  return `payment-of-${order.id}`;
}
