import { describe, expect, it } from '@jest/globals';
import { read, useSandbox } from '../../test/client.js';

const client = useSandbox({ openingBalance: 0 });

async function price(terms: object): Promise<string> {
  return read((await client().post('/api/v1/prices', terms)).json, 'id');
}

const percent = (bps: number) => price({ pricing_type: 'percentage', bps });
const fixed = (fees_amount: number, fees_currency: string) =>
  price({ pricing_type: 'fixed', fees_amount, fees_currency });

/** Of a payment of ten dollars; its transaction fee is 30 cents. */
async function paidWith(order: object): Promise<unknown> {
  return client().sandbox.payments.get(await client().paid({ currency: 'USD', ...order }));
}

describe('The referral fee of a price', () => {
  it('is a fee of the payment, and what the merchant gets is less by it', async () => {
    const payment = await paidWith({ price_id: await percent(250) });
    expect(payment).toMatchObject({
      fees: { referral_fee: { amount: 25, currency: 'USD' } },
      fee_breakdown: { referral_fee: [{ amount: 25, currency: 'USD', bearer: 'merchant' }] },
    });
    expect(client().sandbox.balances.amountOf('USD')).toBe(1_000 - 30 - 25);
  });

  it('is that of the default price where an order names none', async () => {
    await percent(100);
    const named = await fixed(7, 'USD');
    expect(await paidWith({})).toMatchObject({ fees: { referral_fee: { amount: 10 } } });
    expect(await paidWith({ price_id: named })).toMatchObject({
      fees: { referral_fee: { amount: 7 } },
    });
  });

  it('is in the currency of the order', async () => {
    const payment = await paidWith({ price_id: await fixed(92, 'EUR') });
    expect(payment).toMatchObject({ fees: { referral_fee: { amount: 100, currency: 'USD' } } });
  });

  it('is nothing without a price', async () => {
    expect(await paidWith({})).toMatchObject({
      fees: { referral_fee: { amount: 0, currency: 'USD' } },
      fee_breakdown: { referral_fee: [] },
    });
  });

  it('takes no more than a payment brings', async () => {
    await paidWith({ price_id: await fixed(5_000, 'USD') });
    expect(client().sandbox.balances.amountOf('USD')).toBe(0);
  });

  it('is taken of a transfer too, also of one that was connected later', async () => {
    await percent(200);
    const payin_id = await client().order({ currency: 'USD', amount: 1_000 });
    const transfer = { amount: 1_000, currency: 'USD' };
    const named = await client().post('/api/v1/payment/mock', { ...transfer, payin_id });
    expect(named.json).toMatchObject({ fees: { referral_fee: { amount: 20 } } });
    const unnamed = { ...transfer, payment_method: 'BankTransfer' };
    const id = read((await client().post('/api/v1/payment/mock', unnamed)).json, 'id');
    const other = await client().order({ currency: 'USD', amount: 1_000 });
    const connected = await client().post(`/api/v1/payment/${id}/connect-payin`, {
      payin_id: other,
    });
    expect(connected.json).toMatchObject({ fees: { referral_fee: { amount: 20 } } });
  });
});
