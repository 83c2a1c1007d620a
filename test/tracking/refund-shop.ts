import { Injectable, type INestApplicationContext, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  OnRefundOutcome,
  OrdersService,
  PaymentTracker,
  RefundTracker,
  TrackingStore,
  WebhookInbox,
  type CreateRefundInput,
  type RefundOutcome,
  type TrackedRefund,
} from 'nestjs-glomopay';
import { signWebhook } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { until } from '../support/until.js';
import { withClock } from '../support/with-clock.js';
import type { RefundStore } from './refund-stores.js';
import { aPaymentOf, WEBHOOK_SECRET } from './tracked-shop.js';

/** The shop's own books of refunds, written through the transaction of the outcome. */
@Injectable()
export class RefundBooks {
  failures = 0;
  readonly seen: RefundOutcome[] = [];
  store: RefundStore | undefined;

  @OnRefundOutcome({ name: 'refund-books' })
  async record(outcome: RefundOutcome, tx: unknown): Promise<void> {
    await this.store?.write(`${outcome.reference} ${outcome.outcome}`, tx);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the books are closed');
    }
    this.seen.push(outcome);
  }

  @OnPaymentOutcome()
  paid(): void {}
}

type RefundEvent = 'success' | 'failed' | 'action_required' | 'utr.updated';

/** A shop that refunds, with tracking on a store of its own, against its own sandbox. */
export interface RefundShop {
  readonly tracker: RefundTracker;
  readonly books: RefundBooks;
  readonly sandbox: GlomopaySandbox;
  readonly log: CapturedLog;
  /** Another process on the same store; one that is idle has no handlers. */
  second(parts?: { readonly isIdle?: boolean }): Promise<INestApplicationContext>;
  /** A tracked payment that has succeeded, over 10.00 USD. */
  aPayment(): Promise<string>;
  /** Makes the next look at a payment's refunds due, and takes a round. */
  sweep(paymentId: string): Promise<unknown>;
  /** Receives an event about a refund as the gateway tells it, unless spoiled; it is worked off then. */
  hear(event: RefundEvent, refundId: string, over?: object): Promise<void>;
  /** A refund that is made beside the shop. */
  atDashboard(paymentId: string, amount?: number): Promise<string>;
  readonly app: INestApplicationContext;
  close(): Promise<void>;
}

export async function aRefundShop(
  place: RefundStore,
  others: readonly Provider[] = [],
): Promise<RefundShop> {
  const sandbox = await GlomopaySandbox.start();
  const log = new CapturedLog();
  const apps: INestApplicationContext[] = [];
  const account = GlomopayModule.forRoot({
    secretKey: sandbox.secretKey,
    webhookSecret: WEBHOOK_SECRET,
    baseUrl: sandbox.url,
    callbackUrl: 'https://shop.example/payment/callback',
    timeoutMs: 20_000,
    retry: { baseDelayMs: 1, maxDelayMs: 5 },
  });
  const boot = async ({ isIdle = false } = {}) => {
    const app = await Test.createTestingModule({
      imports: [
        place.clock === undefined ? account : withClock(account, place.clock),
        GlomopayTrackingModule.forRoot({
          store: place.store(),
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { pollEveryMs: 20, retryBaseMs: 20, retryMaxMs: 50 },
        }),
      ],
      providers: isIdle ? [] : [RefundBooks, ...others],
    }).compile();
    app.useLogger(log);
    if (!isIdle) app.get(RefundBooks).store = place;
    await app.init();
    apps.push(app);
    return app;
  };
  const app = await boot();
  const store = app.get(TrackingStore, { strict: false });
  const inbox = app.get(WebhookInbox);
  const key = { authorization: `Bearer ${sandbox.secretKey}` };
  return {
    app,
    sandbox,
    log,
    tracker: app.get(RefundTracker),
    books: app.get(RefundBooks),
    second: boot,
    async aPayment() {
      const order = await app
        .get(OrdersService)
        .create({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });
      const payments = app.get(PaymentTracker);
      const { payment } = await payments.pay(aPaymentOf(order.id), {
        amount: 1_000,
        currency: 'USD',
        reference: `purchase-${order.id}`,
      });
      const paymentId = String(payment.paymentId);
      sandbox.completePayment(paymentId, 'approve');
      await payments.check(payment.requestId);
      return paymentId;
    },
    async sweep(paymentId) {
      for (const record of await store.findBySubject('default', paymentId)) {
        if (record.nextCheckAt !== null) await store.reschedule(record, 0);
      }
      return app.get(PaymentTracker).sweep();
    },
    async hear(event, refundId, over = {}) {
      const told = sandbox.refunds.list().find(({ id }) => id === refundId);
      const data = { ...told, ...over };
      const signed = signWebhook({ type: `refund.${event}`, data }, WEBHOOK_SECRET);
      await inbox.receive(signed.body, signed.headers['x-glomopay-signature']);
      await until(async () => (await inbox.counts()).open === 0);
    },
    async atDashboard(paymentId, amount) {
      const response = await fetch(`${sandbox.url}/api/v1/refunds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...key },
        body: JSON.stringify({ payment_id: paymentId, reason: 'Others', amount }),
      });
      const { id } = (await response.json()) as { id: string };
      return id;
    },
    async close() {
      for (const each of apps) await each.close();
      await sandbox.stop();
      await place.close();
    },
  };
}

/** All of a payment, unless spoiled. */
export function aRefundOf(
  paymentId: string,
  over: Partial<CreateRefundInput> = {},
): CreateRefundInput {
  return {
    paymentId,
    reason: 'Requested By Customer',
    requestId: `refund-of-${paymentId}`,
    ...over,
  };
}

/** The gateway's id of a refund that has one. */
export function idOf({ refundId }: TrackedRefund): string {
  return String(refundId);
}
