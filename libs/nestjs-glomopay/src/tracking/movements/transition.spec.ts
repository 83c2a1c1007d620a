import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import { transition, type Observation } from './transition.js';
import { aLook } from '../../../test/observations.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';

const alone = { paidAlready: false, succeeded: { count: 0, amount: 0 } };

/** An intent of any kind, about a subject that is paid once or not. */
const anyRecord = fc
  .record({
    kind: fc.constantFrom('payment' as const, 'refund' as const, 'collection' as const),
    exclusive: fc.boolean(),
  })
  .map(aPaymentRecord);

function apply(record: TrackedRecord, observations: readonly Observation[]): TrackedRecord {
  return observations.reduce(
    (current, observation) => ({ ...current, ...transition(current, observation, alone) }),
    record,
  );
}

describe('transition', () => {
  it('takes an intent to attempted when the gateway has a payment without an outcome', () => {
    expect(transition(aPaymentRecord(), aLook({ status: 'in_progress' }), alone)).toMatchObject({
      state: 'attempted',
      objectId: 'payt_1',
    });
  });

  it.each(['success', 'failed'] as const)(
    'records the final status %s as the outcome',
    (status) => {
      const expected = { success: 'succeeded', failed: 'failed' }[status];
      expect(transition(aPaymentRecord(), aLook({ status }), alone)).toMatchObject({
        state: expected,
      });
    },
  );

  it.each(['amount_differs', 'currency_differs', 'order_differs'] as const)(
    'calls a success that differs (%s) a mismatch, never a success',
    (difference) => {
      for (const status of ['success', 'failed']) {
        expect(transition(aPaymentRecord(), aLook({ status, difference }), alone)).toMatchObject({
          state: 'mismatch',
          reason: difference,
        });
      }
    },
  );

  it('believes no look from before the object was there, however that has ended meanwhile', () => {
    const older = aLook({
      objectId: null,
      status: 'paid',
      end: 'failed',
      reason: 'payin_ended',
    });
    for (const state of ['attempted', 'needs_attention', 'succeeded'] as const) {
      const record = aPaymentRecord({ kind: 'collection', state, objectId: 'payt_1' });
      expect(transition(record, older, alone)).toBeUndefined();
    }
  });

  it('gives up nothing for which a person has been called already, nor what has its object now', () => {
    const doubled = aPaymentRecord({ state: 'needs_attention', reason: 'duplicate_charge' });
    const late: Observation = { kind: 'given_up', reason: 'no_outcome' };
    expect(transition(doubled, late, alone)).toBeUndefined();
    const found = aPaymentRecord({ state: 'attempted', objectId: 'payt_1' });
    for (const reason of ['unexpected_success', 'ambiguous'] as const) {
      expect(transition(found, { kind: 'given_up', reason }, alone)).toBeUndefined();
    }
    expect(transition(found, late, alone)).toMatchObject({ state: 'needs_attention' });
  });

  it('calls another object than the one it has a mismatch', () => {
    const record = aPaymentRecord({ state: 'attempted', objectId: 'payt_2' });
    expect(transition(record, aLook({ status: 'success' }), alone)).toMatchObject({
      state: 'mismatch',
      reason: 'order_differs',
    });
  });

  it('reports a second success of one order instead of letting it count', () => {
    expect(
      transition(aPaymentRecord(), aLook({ status: 'success' }), { ...alone, paidAlready: true }),
    ).toMatchObject({ state: 'needs_attention', reason: 'duplicate_charge' });
  });

  it('keeps the first of two final statuses and notes the conflict', () => {
    const succeeded = apply(aPaymentRecord(), [aLook({ status: 'success' })]);
    expect(transition(succeeded, aLook({ status: 'failed' }), alone)).toEqual({
      gatewayStatus: 'failed',
      reason: 'terminal_conflict',
    });
  });

  it('lets funds become available beside the outcome, once and for all', () => {
    const succeeded = apply(aPaymentRecord(), [
      aLook({ status: 'success', fundsAvailable: false }),
    ]);
    const funded = apply(succeeded, [aLook({ status: 'success', fundsAvailable: true })]);
    expect(funded).toMatchObject({ state: 'succeeded', fundsAvailable: true });
    expect(
      transition(funded, aLook({ status: 'success', fundsAvailable: false }), alone),
    ).toBeUndefined();
  });

  it('does not believe "no payment" of a record that has one', () => {
    const attempted = apply(aPaymentRecord(), [aLook({ status: 'in_progress' })]);
    expect(
      transition(
        attempted,
        { kind: 'absent', reason: 'never_arrived', errorCode: null, errorDescription: null },
        alone,
      ),
    ).toBeUndefined();
  });

  const failed = (reason: 'rejected' | 'not_sent' | 'never_arrived'): Observation => ({
    kind: 'absent',
    reason,
    errorCode: null,
    errorDescription: null,
  });

  it.each(['attempted', 'needs_attention'] as const)(
    'does not believe that there is nothing of a record that is %s, but what the gateway refused',
    (state) => {
      const record = aPaymentRecord({ state, reason: null });
      expect(transition(record, failed('never_arrived'), alone)).toBeUndefined();
      for (const reason of ['rejected', 'not_sent'] as const) {
        expect(transition(record, failed(reason), alone)).toMatchObject({
          state: 'failed',
          reason,
        });
      }
    },
  );

  it.each(['rejected', 'not_sent', 'never_arrived'] as const)(
    'notes a charge that comes after a record failed as %s, and never forgets it',
    (reason) => {
      const late = apply(aPaymentRecord(), [failed(reason), aLook({ status: 'success' })]);
      expect(late).toMatchObject({ state: 'failed', reason: 'charged_late', objectId: 'payt_1' });
      for (const status of ['success', 'failed', 'in_progress']) {
        expect(apply(late, [aLook({ status })]).reason).toBe('charged_late');
      }
    },
  );

  it('notes a payment that comes late, until it has failed too', () => {
    const late = apply(aPaymentRecord(), [
      failed('never_arrived'),
      { kind: 'attempt', objectId: 'payt_1' },
    ]);
    expect(late).toMatchObject({ state: 'failed', reason: 'arrived_late', objectId: 'payt_1' });
    expect(apply(late, [aLook({ status: 'action_required' })]).reason).toBe('arrived_late');
    expect(apply(late, [aLook({ status: 'failed' })])).toMatchObject({
      state: 'failed',
      reason: null,
      gatewayStatus: 'failed',
    });
    expect(apply(late, [aLook({ status: 'success' })]).reason).toBe('charged_late');
  });

  it('never takes a payment that nobody asked for as a success', () => {
    const stray = aPaymentRecord({ requestId: 'stray:payt_1' });
    const success = aLook({ status: 'success' });
    expect(transition(stray, success, alone)).toMatchObject({
      state: 'needs_attention',
      reason: 'unexpected_success',
    });
    expect(transition(stray, success, { ...alone, paidAlready: true })).toMatchObject({
      state: 'needs_attention',
      reason: 'duplicate_charge',
    });
    expect(apply(stray, [aLook({ status: 'failed' }), success]).state).toBe('needs_attention');
  });

  it('has a success of the gateway for every record that it calls one, and tells every other', () => {
    const any = fc.oneof(
      fc
        .constantFrom('success', 'failed', 'in_progress', 'under_review')
        .map((status) => aLook({ status })),
      fc
        .constantFrom('rejected' as const, 'not_sent' as const, 'never_arrived' as const)
        .map(failed),
      fc.constant<Observation>({ kind: 'attempt', objectId: 'payt_1' }),
      fc.constant<Observation>({ kind: 'given_up', reason: 'no_outcome' }),
    );
    fc.assert(
      fc.property(anyRecord, fc.array(any, { maxLength: 12 }), (record, observations) => {
        const charged = observations.some(
          (one) => one.kind === 'seen' && one.sighting.end === 'succeeded',
        );
        const end = apply(record, observations);
        if (charged) expect(end.state === 'succeeded' || whoLooksNext(end) === 'person').toBe(true);
        else expect(end.state).not.toBe('succeeded');
      }),
      { numRuns: 2_000 },
    );
  });

  const witnesses: fc.Arbitrary<Observation> = fc.oneof(
    fc
      .constantFrom('in_progress', 'action_required', 'under_review', 'something_new')
      .map((status) => aLook({ status })),
    fc.constantFrom('no_outcome', 'handler_failed').map((reason): Observation => ({
      kind: 'given_up',
      reason: reason === 'no_outcome' ? reason : 'handler_failed',
    })),
  );

  it('ends in the same state whatever the order and repetition of the witnesses', () => {
    fc.assert(
      fc.property(
        anyRecord,
        fc.constantFrom('success' as const, 'failed' as const),
        fc.array(witnesses, { maxLength: 8 }),
        fc.array(witnesses, { maxLength: 8 }),
        (record, truth, before, after) => {
          const end = apply(record, [
            ...before,
            aLook({ status: truth }),
            ...after,
            aLook({ status: truth }),
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
      fc.constantFrom('success', 'failed').map((status) => aLook({ status })),
      fc.constant(aLook({ status: 'success', difference: 'amount_differs' })),
      fc.constant<Observation>({
        kind: 'absent',
        reason: 'never_arrived',
        errorCode: null,
        errorDescription: null,
      }),
    );
    fc.assert(
      fc.property(anyRecord, fc.array(any, { maxLength: 20 }), (intent, observations) => {
        let record = intent;
        for (const observation of observations) {
          const next = apply(record, [observation]);
          if (isSettled(record.state)) expect(next.state).toBe(record.state);
          record = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('decides by what was seen, whatever the kind', () => {
    const any = fc.oneof(
      witnesses,
      fc.constantFrom('success', 'failed').map((status) => aLook({ status })),
      fc.constantFrom('rejected' as const, 'never_arrived' as const).map(failed),
    );
    fc.assert(
      fc.property(anyRecord, fc.array(any, { maxLength: 12 }), (record, observations) => {
        const { kind, exclusive } = record;
        const same = apply(aPaymentRecord(), observations);
        expect(apply(record, observations)).toEqual({ ...same, kind, exclusive });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never loses the object that a record has', () => {
    const any = fc.oneof(
      witnesses,
      fc
        .tuple(fc.constantFrom('payt_1', 'payt_2'), fc.constantFrom('success', 'failed', 'new'))
        .map(([objectId, status]) => aLook({ objectId, status })),
      fc
        .constantFrom('payt_1', 'payt_2')
        .map((objectId): Observation => ({ kind: 'attempt', objectId })),
      fc.constantFrom('rejected' as const, 'never_arrived' as const).map(failed),
    );
    fc.assert(
      fc.property(anyRecord, fc.array(any, { maxLength: 12 }), (intent, observations) => {
        let record = intent;
        for (const observation of observations) {
          const next = apply(record, [observation]);
          if (record.objectId !== null && record.state !== 'failed') {
            expect(next.objectId).toBe(record.objectId);
          }
          record = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
