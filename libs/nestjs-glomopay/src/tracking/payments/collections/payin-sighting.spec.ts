import { describe, expect, it } from '@jest/globals';
import { aPayment, aPaymentRecord } from '../../../../test/tracked-payments.js';
import { transition, withoutOutcome } from '../../movements/transition.js';
import { isEnded, isUnderWay, payinSighting } from './payin-sighting.js';

const NOW = Date.UTC(2026, 0, 2, 12);
const HOUR_MS = 3_600_000;
const alone = { paidAlready: false, succeeded: { count: 0, amount: 0 } };

describe('isEnded', () => {
  it.each(['expired', 'cancelled', 'failed', 'completed'])('is true of %s', (status) => {
    expect(isEnded(status)).toBe(true);
  });

  it.each(['active', 'paid', 'action_required', 'under_review', 'paused', 'halted', 'news'])(
    'is false of %s, which a payment may follow',
    (status) => {
      expect(isEnded(status)).toBe(false);
    },
  );
});

describe('isUnderWay', () => {
  const at = (hours: number) => new Date(NOW - hours * HOUR_MS).toISOString();

  it.each([
    ['in_progress', 1, true],
    ['in_progress', 23, true],
    ['in_progress', 25, false],
    ['under_review', 900, true],
    ['action_required', 900, true],
    ['something_new', 900, true],
    ['success', 1, false],
    ['failed', 1, false],
  ] as const)('of a payment in %s for %d hours is %s', (status, hours, answer) => {
    expect(isUnderWay(aPayment({ status, createdAt: at(hours) }), NOW)).toBe(answer);
  });

  it('does not know of one that does not say when it began, and waits', () => {
    for (const createdAt of [null, 'soon', new Date(0).toUTCString()]) {
      expect(isUnderWay(aPayment({ status: 'in_progress', createdAt }), NOW)).toBe(true);
    }
  });
});

describe('payinSighting', () => {
  const seen = (status: string, hasEnded: boolean) =>
    ({ kind: 'seen', sighting: payinSighting(status, hasEnded ? 'ended' : 'open') }) as const;
  const record = aPaymentRecord({ kind: 'collection' });

  it('tells where the payin stands while it may be paid', () => {
    const attempted = transition(record, seen('active', false), alone);
    expect(attempted).toEqual({ state: 'attempted', gatewayStatus: 'active' });
    expect(transition({ ...record, ...attempted }, seen('active', false), alone)).toBeUndefined();
  });

  it('ends a record that nobody has paid', () => {
    expect(transition(record, seen('expired', true), alone)).toEqual({
      state: 'failed',
      reason: 'payin_ended',
      gatewayStatus: 'expired',
    });
  });

  it('is noted without its end by a process that must leave the outcome to another', () => {
    const open = { ...record, state: 'attempted', gatewayStatus: 'active' } as const;
    for (const before of [record, open]) {
      const change = transition(before, seen('expired', true), alone);
      const left = { ...before, ...withoutOutcome(before, change) };
      expect(left).toMatchObject({ state: 'attempted', reason: null, gatewayStatus: 'expired' });
      expect(transition(left, seen('expired', true), alone)).toMatchObject({ state: 'failed' });
    }
  });

  it('says nothing of a record that has its end', () => {
    for (const state of ['succeeded', 'failed', 'mismatch'] as const) {
      const settled = { ...record, state, reason: 'payin_ended' as const };
      expect(transition(settled, seen('expired', true), alone)).toBeUndefined();
      expect(transition(settled, seen('active', false), alone)).toBeUndefined();
    }
  });

  it('leaves a record that needs a person for another reason to its payment', () => {
    const twice = { ...record, state: 'needs_attention', objectId: 'payt_1' } as const;
    expect(transition(twice, seen('paid', false), alone)).toBeUndefined();
  });
});
