import type {
  Balances,
  BalancesService,
  ConvertBalanceDto,
  MocksService,
  MockTransferDto,
  Order,
  Payment,
  RawRequestsService,
  Refund,
} from '../../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

const pair = { sourceCurrency: 'USD', targetCurrency: 'EUR' };

export async function conversions(balances: BalancesService, text: string): Promise<void> {
  await balances.convert({ ...pair, sourceAmount: 1 });
  await balances.convert({ ...pair, targetAmount: 1 });
  await balances.convert({ ...pair, sourceAmount: 1, targetAmount: undefined });
  // @ts-expect-error one of the two amounts
  await balances.convert(pair);
  // @ts-expect-error and not both
  await balances.convert({ ...pair, sourceAmount: 1, targetAmount: 1 });
  // @ts-expect-error the gateway knows no repeat of it
  await balances.convert({ ...pair, sourceAmount: 1, requestId: text });
}

export async function bodies(
  { balances, mocks }: { balances: BalancesService; mocks: MocksService },
  { conversion, transfer }: { conversion: ConvertBalanceDto; transfer: MockTransferDto },
): Promise<void> {
  await balances.convert(conversion);
  await mocks.transfer(transfer);
}

export function amounts({ available, fundedBalances }: Balances): readonly number[] {
  const known: readonly number[] = available.map(({ amount }) => amount);
  // @ts-expect-error there may be none
  fundedBalances.map(({ amount }) => amount);
  return known;
}

export async function transfers(
  mocks: MocksService,
  { order, payment, refund }: { order: Order; payment: Payment; refund: Refund },
): Promise<void> {
  const money = { amount: 100, currency: 'USD' };
  await mocks.transfer({ ...money, payinId: order.id });
  await mocks.transfer({ ...money, paymentMethod: 'BankTransfer' });
  await mocks.transfer({ ...money, payinId: order.id, paymentMethod: undefined });
  // @ts-expect-error for what?
  await mocks.transfer(money);
  // @ts-expect-error a payment is not paid
  await mocks.transfer({ ...money, payinId: payment.id });
  // @ts-expect-error there is no mock for cards
  await mocks.transfer({ ...money, paymentMethod: 'Card' });
  // @ts-expect-error an order has no money
  await mocks.fundsAvailable(order.id);
  await mocks.settleRefund(refund.id, 'failed');
  // @ts-expect-error no bank says so
  await mocks.settleRefund(refund.id, 'cancelled');
}

export async function requests(raw: RawRequestsService, payment: Payment): Promise<void> {
  const answer = await raw.send({ method: 'GET', path: `/api/v1/payment/${payment.id}` });
  // @ts-expect-error nothing is known of it
  await raw.send({ method: 'GET', path: `/api/v1/payment/${answer.id}` });
  // @ts-expect-error it is not of the API
  await raw.send({ method: 'GET', path: '/orders' });
  // @ts-expect-error there is no such method
  await raw.send({ method: 'PUT', path: '/api/v1/orders' });
  // @ts-expect-error lists have other ways
  await raw.send({ method: 'GET', path: '/api/v1/orders', query: { status: ['a'] } });
}
