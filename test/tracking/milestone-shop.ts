import { Inject, Injectable, type INestApplicationContext, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MocksService,
  OnPaymentMilestone,
  OnPaymentOutcome,
  OrdersService,
  PaymentsService,
  PaymentTracker,
  RfisService,
  WebhookInbox,
  type GlomopayEventName,
  type IdText,
  type PaymentMilestone,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import { signWebhook } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { FastClock } from '../support/library/fast-clock.js';
import { until } from '../support/until.js';
import { withClock } from '../support/with-clock.js';
import type { ShopDatabase } from './own-databases.js';
import { aPaymentOf, theCallback, WEBHOOK_SECRET } from './tracked-shop.js';

const DATABASE = Symbol('database');
/** The amount that compliance asks about after it was paid. */
const SCREENED = 6_623;

/** What the shop writes of its payments, each with what it is about. */
@Injectable()
export class Books {
  readonly seen: PaymentMilestone[] = [];
  /** How often it still fails on milestones. */
  failures = 0;
  readonly #database: ShopDatabase;

  constructor(@Inject(DATABASE) database: ShopDatabase) {
    this.#database = database;
  }

  @OnPaymentOutcome()
  async outcome({ outcome }: PaymentOutcome, tx: unknown): Promise<void> {
    await this.#database.write(tx, outcome);
  }

  @OnPaymentMilestone('funds_available')
  @OnPaymentMilestone('compliance_rejected')
  @OnPaymentMilestone('compliance_action_required', { name: 'books' })
  async milestone(milestone: PaymentMilestone, tx: unknown): Promise<void> {
    await this.#database.write(tx, milestone.milestone);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the shop is out of order');
    }
    this.seen.push(milestone);
  }
}

/** A shop from before there were milestones. */
@Injectable()
export class OldBooks {
  readonly #database: ShopDatabase;

  constructor(@Inject(DATABASE) database: ShopDatabase) {
    this.#database = database;
  }

  @OnPaymentOutcome({ name: 'Books.outcome' })
  async outcome({ outcome }: PaymentOutcome, tx: unknown): Promise<void> {
    await this.#database.write(tx, outcome);
  }
}

/** A payment that has succeeded, and whose money is held. */
export interface HeldPayment {
  readonly orderId: string;
  readonly paymentId: IdText<'payment'>;
  readonly requestId: string;
}

/** Processes of a shop on one database, against a sandbox that screens cards after they have paid. */
export class MilestoneShop {
  readonly log = new CapturedLog();
  readonly #apps: INestApplicationContext[] = [];

  private constructor(
    readonly sandbox: GlomopaySandbox,
    readonly database: ShopDatabase,
  ) {}

  static async open(database: ShopDatabase): Promise<MilestoneShop> {
    const account = { screening: { card: true, transfer: false } };
    return new MilestoneShop(await GlomopaySandbox.start({ account }), database);
  }

  /** Starts a process with handlers, by default those of milestones too. */
  async process(...providers: Provider[]): Promise<INestApplicationContext> {
    const account = GlomopayModule.forRoot({
      secretKey: this.sandbox.secretKey,
      webhookSecret: WEBHOOK_SECRET,
      baseUrl: this.sandbox.url,
      callbackUrl: 'https://shop.example/payment/callback',
      retry: { baseDelayMs: 10, maxDelayMs: 50 },
    });
    const app = await Test.createTestingModule({
      imports: [
        withClock(account, new FastClock()),
        GlomopayTrackingModule.forRoot({
          store: this.database.store(),
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { pollEveryMs: 20, retryBaseMs: 20, retryMaxMs: 50 },
        }),
      ],
      providers: [
        { provide: DATABASE, useValue: this.database },
        ...(providers.length === 0 ? [Books] : providers),
      ],
    }).compile();
    app.useLogger(this.log);
    this.#apps.push(app);
    await app.init();
    return app;
  }

  /** A payment of an amount that compliance asks about, paid but with no witness so far. */
  async paid(app: INestApplicationContext, amount = SCREENED): Promise<HeldPayment> {
    const order = await app
      .get(OrdersService)
      .create({ customerId: this.sandbox.demoCustomerId, amount, currency: 'USD' });
    const expected = { amount, currency: 'USD' };
    const { payment } = await app.get(PaymentTracker).pay(aPaymentOf(order.id), expected);
    const { paymentId, requestId } = payment;
    if (paymentId === null) throw new Error('it has no payment');
    this.sandbox.completePayment(paymentId, 'approve');
    return { orderId: order.id, paymentId, requestId };
  }

  /** The same at a page that is not ours, which was expected. */
  async paidElsewhere(app: INestApplicationContext, amount = SCREENED): Promise<HeldPayment> {
    const order = await app
      .get(OrdersService)
      .create({ customerId: this.sandbox.demoCustomerId, amount, currency: 'USD' });
    const requestId = `purchase-${order.id}`;
    const expected = { amount, currency: 'USD', orderId: order.id, reference: requestId };
    await app.get(PaymentTracker).expect(expected);
    const { paymentId } = await app.get(PaymentsService).create(aPaymentOf(order.id));
    this.sandbox.completePayment(paymentId, 'approve');
    return { orderId: order.id, paymentId, requestId };
  }

  /** The same, and the buyer's browser has come back. */
  async held(app: INestApplicationContext): Promise<HeldPayment> {
    const payment = await this.paid(app);
    await app.get(PaymentTracker).confirm(theCallback(payment.orderId, payment.paymentId));
    return payment;
  }

  /** The gateway lets the money go, whatever compliance says. */
  async release(app: INestApplicationContext, { paymentId }: HeldPayment): Promise<void> {
    await app.get(MocksService).fundsAvailable(paymentId);
  }

  /** The shop answers compliance; how that decides, if it does by now. */
  async answer(
    app: INestApplicationContext,
    { paymentId }: HeldPayment,
    decision?: 'approve' | 'reject' | 'ask_again',
  ): Promise<void> {
    const { id } = this.sandbox.payments.get(paymentId)?.rfi ?? { id: '' };
    const [wanted] = this.sandbox.rfis.get(id)?.documents_required ?? [];
    const rfiDocId = wanted?.rfi_doc_id ?? '';
    await app.get(RfisService).respond(id, [{ rfiDocId, documentId: 'doc_1' }]);
    if (decision !== undefined) this.sandbox.reviewRfi(id, decision);
  }

  /** Delivers an event about the payment, and waits until it is worked off. */
  async webhook(
    app: INestApplicationContext,
    type: GlomopayEventName,
    payment: HeldPayment,
  ): Promise<void> {
    await this.deliver(app, type, payment);
    const inbox = app.get(WebhookInbox);
    await until(async () => (await inbox.counts()).open === 0);
  }

  async deliver(
    app: INestApplicationContext,
    type: GlomopayEventName,
    payment: HeldPayment,
  ): Promise<void> {
    const data = { id: payment.paymentId, payin_id: payment.orderId };
    const { body, headers } = signWebhook({ type, data }, WEBHOOK_SECRET);
    await app.get(WebhookInbox).receive(body, headers['x-glomopay-signature']);
  }

  async close(): Promise<void> {
    for (const app of this.#apps) await app.close();
    await this.sandbox.stop();
    await this.database.close();
  }
}
