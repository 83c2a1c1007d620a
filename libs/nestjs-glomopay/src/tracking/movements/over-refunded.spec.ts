import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import { isSettled, type Surroundings, type TrackedRecord } from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import type { Sighting } from './movement.js';
import { transition, type Observation } from './transition.js';

const WHOLE = { amount: 1_000, currency: 'USD' };
const ends = { success: 'succeeded', failed: 'failed', cancelled: 'failed' } as const;
type Status = keyof typeof ends | 'in_progress' | 'under_review' | 'action_required';

function aRefund(number: number, amount: number, over: Partial<TrackedRecord> = {}): TrackedRecord {
  return aPaymentRecord({
    kind: 'refund',
    requestId: `refund-${number}`,
    subjectId: 'payt_1',
    exclusive: false,
    amount,
    ...over,
  });
}

function seen(number: number, status: Status): Observation {
  const isFinal = status === 'success' || status === 'failed' || status === 'cancelled';
  const sighting: Sighting = {
    objectId: `refund_${number}`,
    status,
    end: isFinal ? ends[status] : undefined,
    difference: undefined,
    atMost: status === 'success' ? WHOLE : undefined,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
  };
  return { kind: 'seen', sighting };
}

/** What a store tells of the other refunds of the payment. */
function around(record: TrackedRecord, all: readonly TrackedRecord[]): Surroundings {
  const others = all.filter(
    ({ requestId, state }) => state === 'succeeded' && requestId !== record.requestId,
  );
  const amounts = others.filter(({ currency }) => currency === record.currency);
  const amount = amounts.reduce((sum, other) => sum + other.amount, 0);
  return { paidAlready: false, succeeded: { count: others.length, amount } };
}

const amountsOf = (records: readonly TrackedRecord[]) =>
  records.reduce((sum, { amount }) => sum + amount, 0);

describe('transition of refunds', () => {
  it('takes the success that fills the payment, and none beyond', () => {
    const others = { paidAlready: false, succeeded: { count: 1, amount: 400 } };
    const last = transition(aRefund(2, 600), seen(2, 'success'), others);
    expect(last).toMatchObject({ state: 'succeeded' });
    expect(last?.reason ?? null).toBeNull();
    const beyond = transition(aRefund(2, 601), seen(2, 'success'), others);
    expect(beyond).toMatchObject({ state: 'needs_attention', reason: 'over_refunded' });
  });

  it('adds no amounts of two currencies', () => {
    const others = { paidAlready: false, succeeded: { count: 1, amount: 900 } };
    const refund = aRefund(2, 600, { currency: 'EUR' });
    expect(transition(refund, seen(2, 'success'), others)).toMatchObject({ state: 'succeeded' });
  });

  it('bounds no refund that has failed', () => {
    const others = { paidAlready: false, succeeded: { count: 1, amount: 900 } };
    const failed = transition(aRefund(2, 600), seen(2, 'cancelled'), others);
    expect(failed).toMatchObject({ state: 'failed', gatewayStatus: 'cancelled' });
  });

  it('never changes what has ended, and never lets more than the payment go back in silence', () => {
    const statuses: readonly Status[] = [
      'in_progress',
      'under_review',
      'action_required',
      'success',
      'failed',
      'cancelled',
    ];
    const step = fc.record({ of: fc.nat(), status: fc.constantFrom(...statuses) });
    const amounts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(amounts, fc.array(step, { maxLength: 30 }), (wanted, steps) => {
        let records = wanted.map((amount, number) => aRefund(number, amount));
        for (const { of, status } of steps) {
          const number = of % wanted.length;
          records = records.map((record, index) => {
            if (index !== number) return record;
            const change = transition(record, seen(number, status), around(record, records));
            const next = { ...record, ...change };
            if (isSettled(record.state)) expect(next.state).toBe(record.state);
            return next;
          });
        }
        const succeeded = records.filter(({ state }) => state === 'succeeded');
        expect(amountsOf(succeeded)).toBeLessThanOrEqual(WHOLE.amount);
        for (const record of records.filter(({ gatewayStatus }) => gatewayStatus === 'success')) {
          expect(record.state === 'succeeded' || whoLooksNext(record) === 'person').toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
