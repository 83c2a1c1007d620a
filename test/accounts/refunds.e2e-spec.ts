import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  AfterRefundOutcome,
  type EventDelivery,
  getGlomopayToken,
  GlomopayAccount,
  type GlomopayEvent,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnGlomopayEvent,
  OnRefundOutcome,
  OrdersService,
  PaymentTracker,
  RefundTracker,
  WebhookInbox,
  type RefundOutcome,
} from 'nestjs-glomopay';
import { GlomopayScript, GlomopayTestingModule, signWebhook } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { until } from '../support/until.js';
import { aRefundOf } from '../tracking/refund-shop.js';
import { aPaymentOf } from '../tracking/tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

@Injectable()
class Ledger {
  readonly everywhere: string[] = [];
  readonly emeaOnly: string[] = [];
  readonly delivered: string[] = [];

  @OnRefundOutcome()
  all({ account, reference }: RefundOutcome): void {
    this.everywhere.push(`${account} ${reference}`);
  }

  @AfterRefundOutcome()
  after({ account }: RefundOutcome, delivery: EventDelivery): void {
    this.delivered.push(`${delivery.handler} of ${delivery.account} about ${account}`);
  }

  @OnGlomopayEvent('refund.success')
  told(event: GlomopayEvent<'refund.success'>, { handler, account }: EventDelivery): void {
    this.delivered.push(`${handler} of ${account} about ${event.data.utr}`);
  }

  @OnRefundOutcome()
  @GlomopayAccount('emea')
  emea({ account, reference }: RefundOutcome): void {
    this.emeaOnly.push(`${account} ${reference}`);
  }
}

describe('Refunds of two accounts in one database', () => {
  let app: INestApplicationContext;
  const log = new CapturedLog();
  beforeEach(async () => {
    const store = new MemoryTrackingStore();
    const ofAccount = (account: object) => [
      GlomopayTestingModule.forRoot(account),
      GlomopayTrackingModule.forRoot({ store, sweep: { everyMs: 0 }, ...account }),
    ];
    app = await Test.createTestingModule({
      imports: [...ofAccount({}), ...ofAccount({ name: 'emea' })],
      providers: [Ledger],
    }).compile();
    app.useLogger(log);
    await app.init();
  });
  afterEach(() => app.close());

  /** A refund under the same requestId, whatever the account. */
  async function refunded(account: string | undefined): Promise<void> {
    const of = <T>(service: Type<T>): T => app.get<T>(getGlomopayToken(service, account));
    const script = of(GlomopayScript);
    const order = await of(OrdersService).create({ customerId: 'cust_1', ...usd });
    const { payment } = await of(PaymentTracker).pay(aPaymentOf(order.id), usd);
    const paymentId = String(payment.paymentId);
    script.complete(paymentId, 'approve');
    await of(PaymentTracker).check(payment.requestId);
    const tracker = of(RefundTracker);
    const { refund } = await tracker.refund(aRefundOf(paymentId, { requestId: 'same' }));
    script.complete(String(refund.refundId), 'approve');
    await tracker.check('same');
  }

  it('are two, and a handler that is for one account hears of that account only', async () => {
    await refunded(undefined);
    await refunded('emea');
    const { everywhere, emeaOnly } = app.get(Ledger);
    expect(everywhere).toEqual(['default same', 'emea same']);
    expect(emeaOnly).toEqual(['emea same']);
    expect(log.text).toContain('refund outcomes go to Ledger.all');
    expect(log.text).toContain('refund outcomes of emea go to Ledger.all, Ledger.emea');
  });

  it('tell a handler of every account whose delivery it has', async () => {
    for (const account of [undefined, 'emea']) {
      await refunded(account);
      const { webhookSecret } = app.get<GlomopayScript>(getGlomopayToken(GlomopayScript, account));
      const data = { id: 'refund_1', status: 'success', utr: 'utr-1' };
      const { body, headers } = signWebhook({ type: 'refund.success', data }, webhookSecret);
      const inbox = app.get<WebhookInbox>(getGlomopayToken(WebhookInbox, account));
      await inbox.receive(body, headers['x-glomopay-signature']);
    }
    const { delivered } = app.get(Ledger);
    await until(() => delivered.length === 4);
    expect(delivered.toSorted()).toEqual([
      'Ledger.after of default about default',
      'Ledger.after of emea about emea',
      'Ledger.told of default about utr-1',
      'Ledger.told of emea about utr-1',
    ]);
  });
});
