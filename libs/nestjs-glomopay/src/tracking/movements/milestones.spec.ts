import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import type { TrackedChange, TrackedRecord } from '../store/tracked-record.js';
import type { Sighting } from './movement.js';
import { milestonesReached, withoutMilestones, type Milestone } from './milestones.js';
import { transition, withoutOutcome } from './transition.js';

const alone = { paidAlready: false, succeeded: { count: 0, amount: 0 } };
const statuses = [null, 'under_review', 'action_required', 'approved', 'rejected', 'new'] as const;

/** What the gateway says of a payment that has succeeded, or has not yet. */
const sightings = fc
  .record({
    end: fc.constantFrom(undefined, 'succeeded' as const, 'succeeded' as const, 'failed' as const),
    complianceStatus: fc.constantFrom(...statuses),
    fundsAvailable: fc.boolean(),
  })
  .map((facts): Sighting => ({
    objectId: 'payt_1',
    status: facts.end ?? 'in_progress',
    difference: undefined,
    errorCode: null,
    errorDescription: null,
    ...facts,
  }));

interface Walk {
  record: TrackedRecord;
  readonly told: string[];
}

/** Brings a record on by one sighting, as a process does that has every handler, or lacks one. */
function step(walk: Walk, sighting: Sighting, hasAll = true): void {
  const { record, told } = walk;
  const full = transition(record, { kind: 'seen', sighting }, alone);
  const change = hasAll ? full : withoutOutcome(record, full);
  if (change === undefined) return;
  const after = { ...record, ...change };
  const isEnd = after.state === 'succeeded' || after.state === 'failed';
  if (isEnd && after.state !== record.state) told.push(after.state);
  told.push(...milestonesReached(record, after));
  walk.record = after;
}

function walked(all: readonly Sighting[], hasAll?: boolean): Walk {
  const walk: Walk = { record: aPaymentRecord(), told: [] };
  for (const sighting of all) step(walk, sighting, hasAll);
  return walk;
}

const succeeded = (over: Partial<TrackedRecord> = {}) =>
  aPaymentRecord({ state: 'succeeded', objectId: 'payt_1', gatewayStatus: 'success', ...over });

describe('milestonesReached', () => {
  it.each([
    [{}, { fundsAvailable: true }, ['funds_available']],
    [{}, { complianceStatus: 'rejected' }, ['compliance_rejected']],
    [{}, { complianceStatus: 'action_required' }, ['compliance_action_required']],
    [{ complianceStatus: 'under_review' }, { complianceStatus: 'approved' }, []],
    [{ fundsAvailable: true }, { gatewayStatus: 'success' }, []],
    [{ complianceStatus: 'rejected' }, { fundsAvailable: true }, ['funds_available']],
    [
      {},
      { fundsAvailable: true, complianceStatus: 'action_required' },
      ['funds_available', 'compliance_action_required'],
    ],
  ] satisfies [Partial<TrackedRecord>, TrackedChange, Milestone[]][])(
    'from %j by %j are %j',
    (was, change, expected) => {
      const before = succeeded(was);
      expect(milestonesReached(before, { ...before, ...change })).toEqual(expected);
    },
  );

  it.each(['created', 'attempted', 'failed', 'mismatch', 'needs_attention'] as const)(
    'are none of a record that is %s',
    (state) => {
      const before = aPaymentRecord({ state: 'created' });
      const facts = { fundsAvailable: true, complianceStatus: 'rejected' };
      expect(milestonesReached(before, { ...before, ...facts, state })).toEqual([]);
    },
  );

  it('are reached with the success when the facts were there before it', () => {
    const before = aPaymentRecord({ state: 'attempted', fundsAvailable: true });
    const after = { ...before, state: 'succeeded' as const };
    expect(milestonesReached(before, after)).toEqual(['funds_available']);
  });

  it('follow the one success, and those of money never come twice', () => {
    fc.assert(
      fc.property(fc.array(sightings, { maxLength: 15 }), (all) => {
        const { record, told } = walked(all);
        const milestones = told.filter((one) => one !== 'succeeded' && one !== 'failed');
        if (milestones.length > 0) expect(told[0]).toBe('succeeded');
        for (const once of ['succeeded', 'failed', 'funds_available', 'compliance_rejected']) {
          expect(told.filter((one) => one === once).length).toBeLessThanOrEqual(1);
        }
        const isOf = (fact: boolean) => (record.state === 'succeeded' && fact ? 1 : 0);
        expect(told.filter((one) => one === 'funds_available')).toHaveLength(
          isOf(record.fundsAvailable),
        );
        expect(told.filter((one) => one === 'compliance_rejected')).toHaveLength(
          isOf(record.complianceStatus === 'rejected'),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('come again when compliance asks again, and only then', () => {
    const at = (complianceStatus: string): Sighting => ({
      objectId: 'payt_1',
      status: 'success',
      end: 'succeeded',
      difference: undefined,
      complianceStatus,
      fundsAvailable: false,
      errorCode: null,
      errorDescription: null,
    });
    const asked = ['action_required', 'action_required', 'under_review', 'action_required'];
    expect(walked(asked.map(at)).told).toEqual([
      'succeeded',
      'compliance_action_required',
      'compliance_action_required',
    ]);
    expect(walked(['under_review', 'rejected', 'under_review', 'rejected'].map(at)).told).toEqual([
      'succeeded',
      'compliance_rejected',
    ]);
  });

  it('bring a person what was noted of another matter before', () => {
    const sighting: Sighting = {
      objectId: 'payt_1',
      status: 'success',
      end: 'succeeded',
      difference: undefined,
      complianceStatus: 'rejected',
      fundsAvailable: false,
      errorCode: null,
      errorDescription: null,
    };
    const reasonFrom = (was: Partial<TrackedRecord>) =>
      transition(succeeded(was), { kind: 'seen', sighting }, alone)?.reason;
    expect(reasonFrom({ reason: 'terminal_conflict' })).toBe('compliance_rejected');
    expect(reasonFrom({ complianceStatus: 'rejected' })).toBe('compliance_rejected');
    const conflict = { complianceStatus: 'rejected', reason: 'terminal_conflict' } as const;
    expect(reasonFrom(conflict)).toBeUndefined();
  });

  it('show a person a success whose money goes back', () => {
    const rejected = { complianceStatus: 'rejected', end: 'succeeded' as const };
    fc.assert(
      fc.property(fc.array(sightings, { maxLength: 8 }), sightings, (all, last) => {
        const { record } = walked([...all, { ...last, ...rejected }]);
        if (record.state !== 'succeeded') return;
        expect(['compliance_rejected', 'terminal_conflict']).toContain(record.reason);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('withoutMilestones', () => {
  it('keeps what makes no milestone', () => {
    const change = { gatewayStatus: 'success', complianceStatus: 'approved' };
    expect(withoutMilestones(succeeded(), change)).toBe(change);
    const open = { fundsAvailable: true };
    expect(withoutMilestones(aPaymentRecord({ state: 'attempted' }), open)).toBe(open);
  });

  it('leaves each milestone with what it goes by, and nothing else', () => {
    const rejected = { complianceStatus: 'rejected', reason: 'compliance_rejected' } as const;
    expect(withoutMilestones(succeeded(), rejected)).toBeUndefined();
    const reopened = { resolution: null, resolvedBy: null, resolutionNote: null };
    expect(withoutMilestones(succeeded(), { ...rejected, ...reopened })).toBeUndefined();
    expect(
      withoutMilestones(succeeded(), { ...rejected, fundsAvailable: true, gatewayStatus: 'other' }),
    ).toEqual({ gatewayStatus: 'other' });
    const conflict = { fundsAvailable: true, reason: 'terminal_conflict' } as const;
    expect(withoutMilestones(succeeded(), conflict)).toEqual({ reason: 'terminal_conflict' });
  });

  it('leaves every milestone to a process that has the handlers, which then tells each', () => {
    fc.assert(
      fc.property(fc.array(sightings, { maxLength: 10 }), sightings, (all, last) => {
        const lacking = walked(all, false);
        expect(lacking.told).toEqual([]);
        const ended = walked([{ ...last, end: 'succeeded', complianceStatus: null }]);
        const told = [...ended.told];
        for (const sighting of all) step(ended, sighting, false);
        expect(ended.told).toEqual(told);
        const now = { ...last, complianceStatus: 'rejected', fundsAvailable: true };
        step(ended, { ...now, end: 'succeeded' });
        expect(ended.told.toSorted()).toEqual([
          'compliance_rejected',
          'funds_available',
          'succeeded',
        ]);
      }),
      { numRuns: 1_000 },
    );
  });
});
