import type { INestApplicationContext } from '@nestjs/common';
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
  type ExpectedPayment,
  type Payment,
  type PaymentOutcome,
  type RefundOutcome,
  type TrackedRecord,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';
import { aRefundOf } from './refund-shop.js';
import type { RestorableDatabase } from './restorable-database.js';
import { aPaymentOf } from './tracked-shop.js';

/** A payment as the gateway has it: the truth. */
export interface TruePayment {
  readonly id: string;
  readonly payin_id: string;
  readonly status: string;
  readonly request_id: string;
  readonly requested_amount: number;
}

/** A shop on a database that can be set back, with books of its own that cannot. */
export class RestoredShop {
  readonly log = new CapturedLog();
  /** What was expected of the payments, by their orders: paper, or the books of another system. */
  readonly paper = new Map<string, ExpectedPayment[]>();
  /** How many times more the handler of outcomes throws, after it has written. */
  failures = 0;
  #app: INestApplicationContext | undefined;

  private constructor(
    readonly database: RestorableDatabase,
    readonly sandbox: GlomopaySandbox,
  ) {}

  static async open(database: RestorableDatabase): Promise<RestoredShop> {
    const shop = new RestoredShop(database, await GlomopaySandbox.start());
    await shop.boot();
    return shop;
  }

  get app(): INestApplicationContext {
    if (this.#app === undefined) throw new Error('the shop is closed');
    return this.#app;
  }

  async boot(): Promise<void> {
    const conclude = (outcome: PaymentOutcome | RefundOutcome, tx: unknown) =>
      this.#conclude(outcome, tx);
    class Purchases {
      @OnPaymentOutcome()
      record(outcome: PaymentOutcome, tx: unknown): Promise<void> {
        return conclude(outcome, tx);
      }

      @OnRefundOutcome()
      refunded(outcome: RefundOutcome, tx: unknown): Promise<void> {
        return conclude(outcome, tx);
      }
    }
    this.#app = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({
          secretKey: this.sandbox.secretKey,
          baseUrl: this.sandbox.url,
          callbackUrl: 'https://shop.example/payment/callback',
          retry: { baseDelayMs: 10, maxDelayMs: 50 },
        }),
        GlomopayTrackingModule.forRoot({
          store: this.database.store(),
          sweep: { everyMs: 0, firstCheckMs: 0 },
        }),
      ],
      providers: [Purchases],
    }).compile();
    this.#app.useLogger(this.log);
    await this.#app.init();
  }

  async #conclude(
    { reference, outcome }: PaymentOutcome | RefundOutcome,
    tx: unknown,
  ): Promise<void> {
    await this.database.write(tx, { reference, outcome });
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new Error('the shop is out of order');
  }

  async order(amount = 1_000): Promise<string> {
    const order = { customerId: this.sandbox.demoCustomerId, amount, currency: 'USD' } as const;
    return (await this.app.get(OrdersService).create(order)).id;
  }

  /** Starts a payment of an order, and gives its id. */
  async pay(orderId: string, attempt = 1, amount = 1_000): Promise<string> {
    const requestId = `${orderId}-try-${attempt}`;
    const expected = { amount, currency: 'USD', reference: `${orderId}/${attempt}` };
    this.paper.set(orderId, [...(this.paper.get(orderId) ?? []), { ...expected, requestId }]);
    const tracker = this.app.get(PaymentTracker);
    const { payment } = await tracker.pay(aPaymentOf(orderId, { requestId }), expected);
    return String(payment.paymentId);
  }

  /** The bank decides, and the shop hears of it. */
  async end(paymentId: string, decision: 'approve' | 'decline'): Promise<void> {
    this.sandbox.completePayment(paymentId, decision);
    const record = await this.app
      .get(TrackingStore, { strict: false })
      .findByObject('default', paymentId);
    await this.app.get(PaymentTracker).check(String(record?.requestId));
  }

  /** Asks for a part of a payment to go back, and gives the refund's id. */
  async refund(paymentId: string, requestId: string, amount = 200): Promise<string> {
    const { refund } = await this.app
      .get(RefundTracker)
      .refund(aRefundOf(paymentId, { requestId, amount }), { currency: 'USD' });
    return String(refund.refundId);
  }

  /** The bank has given a part of a payment back, and the shop has heard of it. */
  async refunded(paymentId: string, requestId: string): Promise<string> {
    const refundId = await this.refund(paymentId, requestId);
    this.sandbox.completeRefund(refundId, 'approve');
    await this.app.get(RefundTracker).check(requestId);
    return refundId;
  }

  /** The database is what it was when it was dumped; whatever came since is lost. */
  async setBack(): Promise<void> {
    await this.app.close();
    await this.database.restore();
    await this.boot();
  }

  /** What the shop's other books say of a payment. */
  readonly expectationOf = ({ payinId, raw }: Payment): ExpectedPayment | undefined => {
    const truth = this.truth.get(String(raw['id']));
    return this.paper
      .get(String(payinId))
      ?.find(({ requestId }) => truth === undefined || requestId === truth);
  };

  /** The request ids by the payments' ids, filled by {@link payments}. */
  readonly truth = new Map<string, string>();

  async payments(): Promise<readonly TruePayment[]> {
    const answer = await fetch(`${this.sandbox.url}/_sandbox/state`);
    const { payments } = (await answer.json()) as { payments: readonly TruePayment[] };
    for (const { id, request_id } of payments) this.truth.set(id, request_id);
    return payments;
  }

  async records(): Promise<readonly TrackedRecord[]> {
    const window = { from: new Date(0), to: new Date(Date.now() + 60_000), limit: 1_000 };
    return this.app.get(TrackingStore, { strict: false }).within('default', window);
  }

  async close(): Promise<void> {
    await this.#app?.close();
    await this.sandbox.stop();
    await this.database.remove();
  }
}
