import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Payment } from '../../api/payments/payment.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import { transition, type Observation } from './transition.js';
import { aPayment, aPaymentRecord } from '../../../test/tracked-payments.js';

const alone = { paidAlready: false };

function seen(over: Partial<Payment> = {}): Observation {
  return { kind: 'payment', payment: aPayment(over) };
}

function apply(record: TrackedRecord, observations: readonly Observation[]): TrackedRecord {
  return observations.reduce(
    (current, observation) => ({ ...current, ...transition(current, observation, alone) }),
    record,
  );
}

describe('transition', () => {
  it('takes an intent to attempted when the gateway has a payment without an outcome', () => {
    expect(transition(aPaymentRecord(), seen({ status: 'in_progress' }), alone)).toMatchObject({
      state: 'attempted',
      objectId: 'payt_1',
    });
  });

  it.each(['success', 'failed'] as const)(
    'records the final status %s as the outcome',
    (status) => {
      const expected = { success: 'succeeded', failed: 'failed' }[status];
      expect(transition(aPaymentRecord(), seen({ status }), alone)).toMatchObject({
        state: expected,
      });
    },
  );

  it.each([
    [{ requestedAmount: 999 }, 'amount_differs'],
    [{ requestedCurrency: 'JPY' }, 'currency_differs'],
    [{ payinId: 'order_other' }, 'order_differs'],
    [{ payinId: null }, 'order_differs'],
  ] as const)('calls a success with %j a mismatch, never a success', (over, reason) => {
    expect(transition(aPaymentRecord(), seen({ status: 'success', ...over }), alone)).toMatchObject(
      {
        state: 'mismatch',
        reason,
      },
    );
  });

  it('accepts a buyer who was charged in another currency', () => {
    const charged = seen({ status: 'success', paymentCurrency: 'AED', paymentAmount: 3746 });
    expect(transition(aPaymentRecord(), charged, alone)).toMatchObject({ state: 'succeeded' });
  });

  it('reports a second success of one order instead of letting it count', () => {
    expect(
      transition(aPaymentRecord(), seen({ status: 'success' }), { paidAlready: true }),
    ).toMatchObject({ state: 'needs_attention', reason: 'duplicate_charge' });
  });

  it('keeps the first of two final statuses and notes the conflict', () => {
    const succeeded = apply(aPaymentRecord(), [seen({ status: 'success' })]);
    expect(transition(succeeded, seen({ status: 'failed' }), alone)).toEqual({
      gatewayStatus: 'failed',
      reason: 'terminal_conflict',
    });
  });

  it('lets funds become available beside the outcome, once and for all', () => {
    const succeeded = apply(aPaymentRecord(), [seen({ status: 'success', fundsAvailable: false })]);
    const funded = apply(succeeded, [seen({ status: 'success', fundsAvailable: true })]);
    expect(funded).toMatchObject({ state: 'succeeded', fundsAvailable: true });
    expect(
      transition(funded, seen({ status: 'success', fundsAvailable: false }), alone),
    ).toBeUndefined();
  });

  it('does not believe "no payment" of a record that has one', () => {
    const attempted = apply(aPaymentRecord(), [seen({ status: 'in_progress' })]);
    expect(
      transition(
        attempted,
        { kind: 'no_payment', reason: 'never_arrived', errorCode: null, errorDescription: null },
        alone,
      ),
    ).toBeUndefined();
  });

  const failed = (reason: 'rejected' | 'not_sent' | 'never_arrived'): Observation => ({
    kind: 'no_payment',
    reason,
    errorCode: null,
    errorDescription: null,
  });

  it.each(['rejected', 'not_sent', 'never_arrived'] as const)(
    'notes a charge that comes after a record failed as %s, and never forgets it',
    (reason) => {
      const late = apply(aPaymentRecord(), [failed(reason), seen({ status: 'success' })]);
      expect(late).toMatchObject({ state: 'failed', reason: 'charged_late', objectId: 'payt_1' });
      for (const status of ['success', 'failed', 'in_progress']) {
        expect(apply(late, [seen({ status })]).reason).toBe('charged_late');
      }
    },
  );

  it('notes a payment that comes late, until it has failed too', () => {
    const late = apply(aPaymentRecord(), [
      failed('never_arrived'),
      { kind: 'attempt', objectId: 'payt_1' },
    ]);
    expect(late).toMatchObject({ state: 'failed', reason: 'arrived_late', objectId: 'payt_1' });
    expect(apply(late, [seen({ status: 'action_required' })]).reason).toBe('arrived_late');
    expect(apply(late, [seen({ status: 'failed' })])).toMatchObject({
      state: 'failed',
      reason: null,
      gatewayStatus: 'failed',
    });
    expect(apply(late, [seen({ status: 'success' })]).reason).toBe('charged_late');
  });

  it('never takes a payment that nobody asked for as a success', () => {
    const stray = aPaymentRecord({ requestId: 'stray:payt_1' });
    const success = seen({ status: 'success' });
    expect(transition(stray, success, alone)).toMatchObject({
      state: 'needs_attention',
      reason: 'unexpected_success',
    });
    expect(transition(stray, success, { paidAlready: true })).toMatchObject({
      state: 'needs_attention',
      reason: 'duplicate_charge',
    });
    expect(apply(stray, [seen({ status: 'failed' }), success]).state).toBe('needs_attention');
  });

  it('has a success of the gateway for every record that it calls one, and tells every other', () => {
    const any = fc.oneof(
      fc
        .constantFrom('success', 'failed', 'in_progress', 'under_review')
        .map((status) => seen({ status })),
      fc
        .constantFrom('rejected' as const, 'not_sent' as const, 'never_arrived' as const)
        .map(failed),
      fc.constant<Observation>({ kind: 'attempt', objectId: 'payt_1' }),
      fc.constant<Observation>({ kind: 'given_up', reason: 'no_outcome' }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (observations) => {
        const charged = observations.some(
          (one) => one.kind === 'payment' && one.payment.status === 'success',
        );
        const end = apply(aPaymentRecord(), observations);
        if (charged) expect(end.state === 'succeeded' || whoLooksNext(end) === 'person').toBe(true);
        else expect(end.state).not.toBe('succeeded');
      }),
      { numRuns: 2_000 },
    );
  });

  const witnesses: fc.Arbitrary<Observation> = fc.oneof(
    fc
      .constantFrom('in_progress', 'action_required', 'under_review', 'something_new')
      .map((status) => seen({ status })),
    fc.constantFrom('no_outcome', 'handler_failed').map((reason): Observation => ({
      kind: 'given_up',
      reason: reason === 'no_outcome' ? reason : 'handler_failed',
    })),
  );

  it('ends in the same state whatever the order and repetition of the witnesses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('success' as const, 'failed' as const),
        fc.array(witnesses, { maxLength: 8 }),
        fc.array(witnesses, { maxLength: 8 }),
        (truth, before, after) => {
          const end = apply(aPaymentRecord(), [
            ...before,
            seen({ status: truth }),
            ...after,
            seen({ status: truth }),
          ]);
          expect(end.state).toBe(truth === 'success' ? 'succeeded' : 'failed');
          expect(end.reason).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never leaves a settled state', () => {
    const any = fc.oneof(
      witnesses,
      fc.constantFrom('success', 'failed').map((status) => seen({ status })),
      fc.nat(2_000).map((requestedAmount) => seen({ status: 'success', requestedAmount })),
      fc.constant<Observation>({
        kind: 'no_payment',
        reason: 'never_arrived',
        errorCode: null,
        errorDescription: null,
      }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (observations) => {
        let record = aPaymentRecord();
        for (const observation of observations) {
          const next = apply(record, [observation]);
          if (isSettled(record.state)) expect(next.state).toBe(record.state);
          record = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
