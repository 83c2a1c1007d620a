import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aPayment, aPaymentRecord } from '../../../../test/tracked-payments.js';
import type { Payment } from '../../../api/payments/payment.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { distributed, isExpecting, mayBeExpected } from './whose-payment.js';

const WRITTEN = Date.UTC(2026, 0, 1, 12);
const MINUTE_MS = 60_000;

const expecting = (over: Partial<TrackedRecord> = {}): TrackedRecord =>
  aPaymentRecord({ kind: 'collection', createdAt: new Date(WRITTEN), ...over });
const ofPlan = (over: Partial<TrackedRecord> = {}): TrackedRecord =>
  expecting({ subjectId: 'sub_1', exclusive: false, ...over });
const success = (over: Partial<Payment> = {}): Payment => aPayment({ status: 'success', ...over });
const renewal = (id: `payt_${string}`, atMs: number, over: Partial<Payment> = {}): Payment =>
  success({
    id,
    payinId: null,
    subscriptionId: 'sub_1',
    paidAt: new Date(atMs).toISOString(),
    ...over,
  });

describe('isExpecting', () => {
  it('is an expectation without a payment and without an end', () => {
    expect(isExpecting(expecting())).toBe(true);
    expect(isExpecting(expecting({ state: 'attempted' }))).toBe(true);
    expect(isExpecting(expecting({ state: 'needs_attention', reason: 'no_outcome' }))).toBe(true);
    expect(isExpecting(expecting({ state: 'failed', reason: 'payin_ended' }))).toBe(false);
    expect(isExpecting(expecting({ state: 'needs_attention', objectId: 'payt_1' }))).toBe(false);
    expect(isExpecting(aPaymentRecord())).toBe(false);
  });
});

describe('mayBeExpected', () => {
  it('takes an order for paid whenever that was', () => {
    expect(mayBeExpected(expecting(), success({ paidAt: '2020-01-01T00:00:00Z' }))).toBe(true);
    expect(mayBeExpected(expecting(), success({ paidAt: null, createdAt: null }))).toBe(true);
  });

  it.each([
    [0, true],
    [-4 * MINUTE_MS, true],
    [-6 * MINUTE_MS, false],
    [400 * 86_400_000, true],
  ])('of a subscription counts what was paid %d ms after the expectation: %s', (ms, counts) => {
    expect(mayBeExpected(ofPlan(), renewal('payt_1', WRITTEN + ms))).toBe(counts);
  });

  it('goes by the day of the charge where none says when it was paid, and by nothing else', () => {
    const at = new Date(WRITTEN).toISOString();
    const charge = renewal('payt_1', 0, { paidAt: null, createdAt: at });
    expect(mayBeExpected(ofPlan(), charge)).toBe(true);
    // Times are read as the gateway writes them, by no other word and in no zone of this machine.
    for (const createdAt of [null, '', 'yesterday', new Date(WRITTEN).toUTCString()]) {
      expect(mayBeExpected(ofPlan(), { ...charge, createdAt })).toBe(false);
    }
  });
});

describe('distributed', () => {
  it('gives the older expectation the older payment', () => {
    const [older, younger] = [ofPlan({ requestId: 'a' }), ofPlan({ requestId: 'b' })];
    const payments = [renewal('payt_1', WRITTEN), renewal('payt_2', WRITTEN + 1)];
    const given = distributed([older, younger], payments);
    expect([given.get(older)?.id, given.get(younger)?.id]).toEqual(['payt_1', 'payt_2']);
  });

  it('prefers what fits, and leaves the rest to who is left without', () => {
    const other = ofPlan({ requestId: 'a', amount: 900 });
    const fitting = ofPlan({ requestId: 'b' });
    const first = renewal('payt_1', WRITTEN);
    expect(distributed([other, fitting], [first]).get(fitting)).toBe(first);
    expect(distributed([other, fitting], [first]).get(other)).toBeUndefined();
    const second = renewal('payt_2', WRITTEN + 1);
    expect(distributed([other, fitting], [first, second]).get(other)).toBe(second);
  });

  const records = fc
    .array(
      fc.record({ amount: fc.constantFrom(900, 1_000), minutes: fc.integer({ min: 0, max: 60 }) }),
      {
        maxLength: 6,
      },
    )
    .map((each) =>
      each
        .toSorted((one, other) => one.minutes - other.minutes)
        .map(({ amount, minutes }, index) =>
          ofPlan({
            requestId: `request-${index}`,
            amount,
            createdAt: new Date(WRITTEN + minutes * MINUTE_MS),
          }),
        ),
    );
  const payments = fc
    .array(
      fc.record({
        amount: fc.constantFrom(900, 1_000),
        minutes: fc.integer({ min: -60, max: 90 }),
      }),
      { maxLength: 6 },
    )
    .map((each) =>
      each
        .toSorted((one, other) => one.minutes - other.minutes)
        .map(({ amount, minutes }, index) =>
          renewal(`payt_${index}`, WRITTEN + minutes * MINUTE_MS, { requestedAmount: amount }),
        ),
    );

  it('gives no payment twice, none that is too old, and a misfit only where nothing fits', () => {
    fc.assert(
      fc.property(records, payments, (waiting, paid) => {
        const given = distributed(waiting, paid);
        const taken = [...given.values()];
        expect(new Set(taken).size).toBe(taken.length);
        const left = paid.filter((payment) => !taken.includes(payment));
        for (const record of waiting) {
          const its = given.get(record);
          if (its !== undefined) expect(mayBeExpected(record, its)).toBe(true);
          else expect(left.some((payment) => mayBeExpected(record, payment))).toBe(false);
          if (its?.requestedAmount === record.amount) continue;
          const fitting = left.filter(({ requestedAmount }) => requestedAmount === record.amount);
          expect(fitting.some((payment) => mayBeExpected(record, payment))).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every decision when one that has its payment looks no more', () => {
    fc.assert(
      fc.property(records, payments, fc.nat(), (waiting, paid, pick) => {
        const fits = paid.filter(({ requestedAmount }) => requestedAmount === 1_000);
        const same = waiting.filter(({ amount }) => amount === 1_000);
        const given = distributed(same, fits);
        const done = [...given.keys()][pick % Math.max(1, given.size)];
        const rest = same.filter((record) => record !== done);
        const left = fits.filter((payment) => done === undefined || payment !== given.get(done));
        const again = distributed(rest, left);
        for (const record of rest) expect(again.get(record)).toBe(given.get(record));
      }),
      { numRuns: 1_000 },
    );
  });
});
