import { Injectable, type Type } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  BalancesService,
  CallbackVerifier,
  CustomersService,
  type GlomopayEvent,
  MocksService,
  OnGlomopayEvent,
  OrdersService,
  type Payment,
  PaymentLinksService,
  PaymentsService,
  RefundsService,
  SubscriptionsService,
  WebhookInbox,
} from 'nestjs-glomopay';
import { type InboxHost, ROUTE, SECRET, startInboxHost } from '../inbox/inbox-host.js';
import { failureOf } from '../support/library/failure-of.js';
import { aCard, aCustomer } from '../support/library/requests.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
const USD = { amount: 1000, currency: 'USD' } as const;

/** What the merchant's handlers were told. */
@Injectable()
class Heard {
  readonly events: GlomopayEvent[] = [];

  @OnGlomopayEvent('*')
  note(event: GlomopayEvent): void {
    this.events.push(event);
  }
}

let sandbox: GlomopaySandbox;
let host: InboxHost;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start({ webhookSecret: SECRET });
  host = await startInboxHost('express', {
    providers: [Heard],
    gateway: { secretKey: sandbox.secretKey, baseUrl: sandbox.url },
  });
  sandbox.webhooks.endpoints = [`${await host.app.getUrl()}${ROUTE}`];
});
afterEach(async () => {
  await host.close();
  await sandbox.stop();
});

const service = <S>(type: Type<S>): S => host.app.get(type);

/** The names of all events so far, sorted, once each was delivered, stored and handled. */
async function heard(): Promise<readonly string[]> {
  await sandbox.webhooks.settled();
  await until(async () => (await service(WebhookInbox).counts()).open === 0);
  expect(sandbox.webhooks.deliveries().map(({ state }) => state)).not.toContain('given_up');
  return service(Heard)
    .events.map(({ type }) => type)
    .toSorted();
}

const inDays = (days: number): string =>
  new Date(sandbox.clock.now() + days * DAY_MS).toISOString();

async function aPayer(): Promise<string> {
  return (await service(CustomersService).create(aCustomer())).id;
}

/** The buyer goes to the bank's page and comes back with a signature that holds. */
async function backFromBank(paymentId: string) {
  const back = new URL(sandbox.completePayment(paymentId, 'approve'));
  return service(CallbackVerifier).verify(Object.fromEntries(back.searchParams));
}

async function paidByCard(): Promise<Payment> {
  const order = await service(OrdersService).create({
    customerId: await aPayer(),
    ...USD,
    requestId: 'order-1',
  });
  const attempt = await service(PaymentsService).create({
    orderId: order.id,
    card: aCard(),
    requestId: 'payment-1',
  });
  expect(attempt.redirectUrl).toMatch(/^http/);
  const callback = await backFromBank(attempt.paymentId);
  expect(callback).toMatchObject({ orderId: order.id, status: 'success' });
  return service(PaymentsService).get(callback.paymentId);
}

describe('A merchant, through the library and its webhook route,', () => {
  it('has a link paid by transfer', async () => {
    const links = service(PaymentLinksService);
    const link = await links.create({
      customerId: await aPayer(),
      ...USD,
      expiresAt: inDays(7),
      referenceNumber: 'invoice-1',
    });
    const payment = await service(MocksService).transfer({ ...USD, payinId: link.id });
    expect(payment).toMatchObject({ status: 'success', payinId: link.id });
    expect(await heard()).toEqual(['payment.success', 'payment_link.paid']);
    expect(service(Heard).events.find(({ type }) => type === 'payment_link.paid')).toMatchObject({
      data: { id: link.id, status: 'paid' },
    });
    await expect(links.get(link.id)).resolves.toMatchObject({ status: 'paid' });
  });

  it('takes a card, and finds the payment as the order asked for it', async () => {
    const payment = await paidByCard();
    expect(payment).toMatchObject({
      status: 'success',
      requestedAmount: 1000,
      requestedCurrency: 'USD',
    });
    expect(await heard()).toEqual(['orders.paid', 'payment.success']);
  });

  it('gives the money of a card back, once the bank has the refund', async () => {
    const payment = await paidByCard();
    const [refunds, mocks] = [service(RefundsService), service(MocksService)];
    const { obstacles } = await refunds.refundable(payment.id);
    expect(obstacles).toEqual([]);
    const { id } = await refunds.create({
      paymentId: payment.id,
      reason: 'Requested By Customer',
      requestId: 'refund-1',
    });
    expect(await failureOf(mocks.settleRefund(id, 'success'))).toMatchObject({
      gatewayMessage: 'Refund cannot be marked success.',
    });
    await sandbox.clock.advance(60_000);
    await expect(mocks.settleRefund(id, 'success')).resolves.toMatchObject({ status: 'success' });
    await sandbox.clock.advance(5_000);
    expect(await heard()).toEqual([
      'orders.paid',
      'payment.success',
      'refund.success',
      'refund.utr.updated',
    ]);
    await expect(refunds.refundable(payment.id)).resolves.toMatchObject({
      amount: { amount: 0 },
      obstacles: ['fully_refunded'],
    });
  });

  it('tops the balance up', async () => {
    sandbox.account.fundedBalance = true;
    sandbox.account.transferFundsHeld = true;
    const money = { amount: 50_000, currency: 'EUR' } as const;
    const mocks = service(MocksService);
    const { id } = await mocks.transfer({ ...money, payinId: sandbox.startTopUp(money).id });
    await mocks.fundsAvailable(id);
    expect(await heard()).toEqual([
      'balance.balance.funded_balance.credited',
      'payment.funds_available',
      'payment.success',
      'payment_link.paid',
    ]);
    const { fundedBalances } = await service(BalancesService).get();
    expect(fundedBalances).toContainEqual(money);
  });

  it('signs a customer up by card, and charges the subscription when it wants to', async () => {
    const subscription = await service(SubscriptionsService).create({
      customerId: await aPayer(),
      productName: 'Storage',
      productDescription: 'What was used last month',
      ...USD,
      intervalType: 'as_presented',
      maxAmount: 5000,
      startsWithFirstPayment: true,
      expiresAt: inDays(7).slice(0, 10),
      notifyCustomer: false,
    });
    const payments = service(PaymentsService);
    const first = await payments.create({
      subscriptionId: subscription.id,
      card: aCard(),
      requestId: 'first-1',
    });
    const callback = await backFromBank(first.paymentId);
    expect(callback).toMatchObject({ orderId: subscription.id, status: 'success' });
    const { paymentId } = await payments.charge({
      subscriptionId: subscription.id,
      amount: 2500,
      currency: 'USD',
      requestId: 'charge-1',
    });
    await expect(payments.waitForFinal(paymentId)).resolves.toMatchObject({
      status: 'success',
      requestedAmount: 2500,
      subscriptionId: subscription.id,
    });
    expect(await heard()).toEqual(['payment.success', 'payment.success', 'subscription.active']);
  });
});
