import { describe, expect, it } from '@jest/globals';
import { Balances } from './balances.js';
import { Rates } from './rates.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('Balances', () => {
  it('keeps each pool and currency by itself', () => {
    const balances = new Balances();
    balances.credit(usd(500));
    balances.credit({ amount: 7, currency: 'INR' }, 'pending');
    balances.debit(usd(200));
    expect(balances.list()).toContainEqual(usd(300));
    expect(balances.list()).toContainEqual({ amount: 0, currency: 'EUR' });
    expect(balances.list('pending')).toContainEqual({ amount: 7, currency: 'INR' });
    expect(balances.amountOf('USD', 'funded')).toBe(0);
  });

  it('says how much is missing, and takes nothing then', () => {
    const balances = new Balances();
    balances.credit(usd(500));
    expect(() => balances.debit(usd(501))).toThrow(
      expect.objectContaining({
        status: 400,
        body: {
          error: 'Bad Request',
          code: 'INSUFFICIENT_BALANCE',
          message:
            'Account has insufficient balance to process this transaction. Additional amount required: 1.',
        },
      }),
    );
    expect(() => balances.debit(usd(1), 'funded')).toThrow('insufficient');
    expect(balances.amountOf('USD')).toBe(500);
  });

  it('holds once for an object, and releases once', () => {
    const balances = new Balances();
    balances.credit(usd(500));
    balances.hold('pout_1', usd(400));
    balances.hold('pout_1', usd(400));
    expect(balances.amountOf('USD')).toBe(100);
    expect(() => balances.hold('pout_2', usd(101))).toThrow('insufficient');
    balances.release('pout_1');
    balances.release('pout_1');
    expect(balances.amountOf('USD')).toBe(500);
    balances.hold('pout_3', usd(500));
    balances.spend('pout_3');
    balances.release('pout_3');
    expect(balances.amountOf('USD')).toBe(0);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('takes no amount of %s', (amount) => {
    expect(() => new Balances().credit(usd(amount))).toThrow(TypeError);
  });
});

describe('Rates', () => {
  it('converts dollars as the published sample does', () => {
    expect(new Rates().convert(usd(1000), 'AED')).toEqual({ amount: 3746, currency: 'AED' });
  });

  it.each([
    [1, 0.5, 1],
    [3, 0.5, 2],
    [1, 0.499999, 0],
    [1005, 0.1, 101],
    [9_007_199_254_740_991, 1, 9_007_199_254_740_991],
  ])('rounds %s at %s half up to %s', (amount, rate, converted) => {
    const rates = new Rates();
    rates.set('USD', 'EUR', rate);
    expect(rates.convert(usd(amount), 'EUR')?.amount).toBe(converted);
  });

  it('lets a test set one direction', () => {
    const rates = new Rates();
    rates.set('EUR', 'GBP', 0.9);
    expect(rates.find('EUR', 'GBP')).toBe(0.9);
    expect(rates.find('GBP', 'EUR')).toBe(1.164557);
    expect(rates.find('USD', 'JPY')).toBeUndefined();
    expect(rates.convert(usd(1), 'JPY')).toBeUndefined();
    expect(() => rates.set('usd', 'EUR', 1)).toThrow(TypeError);
    expect(() => rates.set('USD', 'EUR', 0)).toThrow(TypeError);
    expect(() => rates.set('USD', 'EUR', Number.NaN)).toThrow(TypeError);
  });
});
