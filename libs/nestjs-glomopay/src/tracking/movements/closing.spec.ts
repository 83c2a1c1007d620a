import { describe, expect, it } from '@jest/globals';
import { GlomopayNotResolvableError } from '../../errors/not-resolvable.error.js';
import { aClosing, aLook } from '../../../test/observations.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import type {
  TrackedRecord,
  TrackedReason,
  TrackedResolution,
  TrackedState,
} from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import { transition, type Observation } from './transition.js';

const alone = { paidAlready: false, succeeded: { count: 0, amount: 0 } };
const beside = { ...alone, paidAlready: true };
const ways: readonly TrackedResolution[] = ['acknowledged', 'succeeded', 'failed', 'refunded'];
const unresolved = { resolution: null, resolvedBy: null, resolutionNote: null };

const after = (record: TrackedRecord, ...observations: readonly Observation[]): TrackedRecord =>
  observations.reduce(
    (current, observation) => ({ ...current, ...transition(current, observation, alone) }),
    record,
  );

/** What a person is answered: closed, or the fault. */
function answer(record: TrackedRecord, as: TrackedResolution, around = alone): string {
  try {
    return transition(record, aClosing(as), around)?.resolution ?? 'nothing';
  } catch (thrown) {
    if (!(thrown instanceof GlomopayNotResolvableError)) throw thrown;
    return thrown.fault;
  }
}

describe('Closing by a person', () => {
  const stray = 'stray:payt_1';
  const all = ['acknowledged', 'succeeded', 'failed', 'refunded'];
  const asStands = ['acknowledged', 'outcome_stands', 'outcome_stands', 'refunded'];
  const asStray = ['acknowledged', 'not_asked_for', 'not_asked_for', 'refunded'];
  const never = (fault: string) => [fault, fault, fault, fault];

  it.each<[TrackedState, TrackedReason | null, Partial<TrackedRecord>, readonly string[]]>([
    ['needs_attention', 'no_outcome', {}, all],
    ['needs_attention', 'duplicate_charge', {}, all],
    ['mismatch', 'amount_differs', {}, all],
    ['succeeded', 'terminal_conflict', {}, asStands],
    ['failed', 'arrived_late', {}, asStands],
    ['failed', 'charged_late', {}, asStands],
    ['needs_attention', 'unexpected_success', { requestId: stray }, asStray],
    ['mismatch', 'unexpected_success', { requestId: stray }, asStray],
    ['created', null, {}, never('open')],
    ['created', 'rejected', {}, never('open')],
    ['attempted', null, {}, never('open')],
    ['succeeded', null, {}, never('needs_nobody')],
    ['failed', 'never_arrived', {}, never('needs_nobody')],
    ['needs_attention', 'no_outcome', { resolution: 'acknowledged' }, never('resolved')],
    ['succeeded', null, { resolution: 'succeeded' }, never('resolved')],
    ['failed', 'charged_late', { resolution: 'refunded' }, never('resolved')],
  ])('of %s, %s, %j is answered %j', (state, reason, over, answers) => {
    const record = aPaymentRecord({ state, reason, ...over });
    expect(ways.map((as) => answer(record, as))).toEqual(answers);
  });

  it('is no success beside another record that has paid the same order', () => {
    const record = aPaymentRecord({ state: 'needs_attention', reason: 'duplicate_charge' });
    expect(ways.map((as) => answer(record, as, beside))).toEqual([
      'acknowledged',
      'paid_already',
      'failed',
      'refunded',
    ]);
  });

  it('says what stands when it is refused', () => {
    const record = aPaymentRecord({
      state: 'needs_attention',
      reason: 'no_outcome',
      resolution: 'acknowledged',
      resolvedBy: 'asha',
    });
    expect(() => transition(record, aClosing('failed'), alone)).toThrow(
      expect.objectContaining({
        code: 'GLOMOPAY_NOT_RESOLVABLE',
        fault: 'resolved',
        kind: 'payment',
        requestId: 'request-1',
        state: 'needs_attention',
        reason: 'no_outcome',
        resolution: 'acknowledged',
        resolvedBy: 'asha',
      }),
    );
  });

  it.each(['needs_attention', 'mismatch'] as const)(
    'settles %s, or leaves it as it is',
    (state) => {
      const record = aPaymentRecord({ state, reason: 'amount_differs' });
      const noted = { resolvedBy: 'asha', resolutionNote: 'as the bank says' };
      for (const as of ['acknowledged', 'refunded'] as const) {
        expect(transition(record, aClosing(as), alone)).toEqual({ resolution: as, ...noted });
      }
      for (const as of ['succeeded', 'failed'] as const) {
        const change = { state: as, reason: null, resolution: as, ...noted };
        expect(transition(record, aClosing(as), alone)).toEqual(change);
      }
    },
  );
});

describe('What comes after a person has closed', () => {
  const given = (over: Partial<TrackedRecord>, as: TrackedResolution) =>
    after(
      aPaymentRecord({ state: 'needs_attention', reason: 'no_outcome', ...over }),
      aClosing(as),
    );
  const known = { objectId: 'payt_1', gatewayStatus: 'in_progress' };

  it.each(['success', 'failed'] as const)(
    'brings the outcome %s to what was acknowledged, and nobody has to look',
    (status) => {
      const record = after(given(known, 'acknowledged'), aLook({ status }));
      const state = status === 'success' ? 'succeeded' : 'failed';
      expect(record).toMatchObject({ state, reason: null, ...unresolved });
      expect(whoLooksNext(record)).toBe('nobody');
    },
  );

  it('has the sweeper look again at what was acknowledged before our own answer came', () => {
    const record = after(given({}, 'acknowledged'), { kind: 'attempt', objectId: 'payt_1' });
    expect(record).toMatchObject({ state: 'attempted', ...unresolved });
  });

  it('is a person again where an acknowledged payment turns out to be another one', () => {
    const differs = aLook({ status: 'success', difference: 'amount_differs' });
    const record = after(given(known, 'acknowledged'), differs);
    expect(record).toMatchObject({ state: 'mismatch', reason: 'amount_differs', ...unresolved });
    expect(whoLooksNext(record)).toBe('person');
    const closed = after(record, aClosing('acknowledged'), differs);
    expect(closed).toMatchObject({ state: 'mismatch', resolution: 'acknowledged' });
    expect(after(closed, aLook({ status: 'failed' }))).toMatchObject({
      state: 'mismatch',
      gatewayStatus: 'failed',
      ...unresolved,
    });
  });

  it('is a person again where there is another reason to look than the one that was acknowledged', () => {
    const severed = after(given({}, 'acknowledged'), { kind: 'given_up', reason: 'ambiguous' });
    expect(severed).toMatchObject({ state: 'needs_attention', reason: 'ambiguous', ...unresolved });
    const stray = given(
      {
        ...known,
        requestId: 'stray:payt_1',
        gatewayStatus: 'success',
        reason: 'unexpected_success',
      },
      'acknowledged',
    );
    const paidTwice = transition(stray, aLook({ status: 'success' }), beside);
    expect(paidTwice).toEqual({ reason: 'duplicate_charge', ...unresolved });
  });

  it.each([
    ['success', 'unexpected_success'],
    ['failed', 'terminal_conflict'],
  ])('never is an outcome where the money went back: %s needs a person', (status, reason) => {
    const record = after(given(known, 'refunded'), aLook({ status }));
    expect(record).toMatchObject({ state: 'mismatch', reason, ...unresolved });
    expect(after(record, aLook({ status: 'success' })).state).toBe('mismatch');
  });

  it('never is an outcome where the money went back and a payment shows up', () => {
    const late = after(given({}, 'refunded'), { kind: 'attempt', objectId: 'payt_1' });
    const expected = { state: 'mismatch', reason: 'arrived_late', objectId: 'payt_1' };
    expect(late).toMatchObject({ ...expected, ...unresolved });
    expect(after(given({}, 'refunded'), aLook())).toMatchObject({ ...expected, ...unresolved });
    const absent = { reason: 'not_sent', errorCode: null, errorDescription: null } as const;
    const refunded = given({}, 'refunded');
    expect(after(refunded, { kind: 'absent', ...absent })).toEqual(refunded);
  });

  it('is nothing where the money of a success went back, however often it is seen', () => {
    const success = aLook({ status: 'success', fundsAvailable: true });
    const duplicate = { ...known, gatewayStatus: 'success', reason: 'duplicate_charge' } as const;
    const record = after(given(duplicate, 'refunded'), success, success);
    expect(record).toMatchObject({
      state: 'needs_attention',
      resolution: 'refunded',
      fundsAvailable: true,
    });
  });

  it.each([
    ['succeeded', 'success', 'failed'],
    ['failed', 'failed', 'success'],
  ] as const)('lets the gateway confirm %s by hand, and not deny it', (as, same, other) => {
    const closed = given(known, as);
    const confirmed = after(closed, aLook({ status: same }));
    expect(confirmed).toMatchObject({ state: as, reason: null, resolution: as });
    for (const record of [closed, confirmed]) {
      const denied = after(record, aLook({ status: other }));
      expect(denied).toMatchObject({ state: as, reason: 'terminal_conflict', ...unresolved });
      const seen = after(denied, aClosing('acknowledged'), aLook({ status: other }));
      expect(seen).toMatchObject({ state: as, resolution: 'acknowledged' });
    }
  });

  it('lets what a person knew stand against what was settled by hand', () => {
    const charged = { ...known, gatewayStatus: 'success', reason: 'duplicate_charge' } as const;
    const record = after(given(charged, 'failed'), aLook({ status: 'success' }));
    expect(record).toMatchObject({ state: 'failed', reason: null, resolution: 'failed' });
  });

  it('gives a success by hand the payment that comes, unless it is another one', () => {
    const closed = given({}, 'succeeded');
    const fits = after(closed, aLook({ status: 'success' }));
    expect(fits).toMatchObject({ objectId: 'payt_1', resolution: 'succeeded', reason: null });
    expect(after(closed, { kind: 'attempt', objectId: 'payt_1' })).toMatchObject({
      objectId: 'payt_1',
      state: 'succeeded',
      resolution: 'succeeded',
    });
    const unlike = aLook({ status: 'success', difference: 'amount_differs' });
    expect(after(closed, unlike)).toMatchObject({
      state: 'succeeded',
      reason: 'terminal_conflict',
      ...unresolved,
    });
  });

  it('tells a person of a payment that comes for what failed by hand', () => {
    const late = after(given({}, 'failed'), aLook());
    expect(late).toMatchObject({ state: 'failed', reason: 'arrived_late', ...unresolved });
    const seen = after(late, aClosing('acknowledged'), aLook());
    expect(seen).toMatchObject({ reason: 'arrived_late', resolution: 'acknowledged' });
    expect(after(seen, aLook({ status: 'success' }))).toMatchObject({
      state: 'failed',
      reason: 'charged_late',
      ...unresolved,
    });
  });
});
