import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { GlomopayNotResolvableError } from '../../errors/not-resolvable.error.js';
import { aClosing, aLook } from '../../../test/observations.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import { isStray } from './stray.js';
import { transition, type Observation } from './transition.js';

const anyRecord = fc
  .record({
    kind: fc.constantFrom('payment' as const, 'refund' as const, 'collection' as const),
    exclusive: fc.boolean(),
    requestId: fc.constantFrom('request-1', 'stray:payt_1'),
  })
  .map(aPaymentRecord);

const aWitness: fc.Arbitrary<Observation> = fc.oneof(
  fc
    .record({
      objectId: fc.constantFrom('payt_1', 'payt_1', 'payt_2'),
      status: fc.constantFrom('success', 'failed', 'in_progress', 'under_review'),
      difference: fc.constantFrom(undefined, undefined, 'amount_differs' as const),
      fundsAvailable: fc.boolean(),
    })
    .map(aLook),
  fc
    .constantFrom('rejected' as const, 'not_sent' as const, 'never_arrived' as const)
    .map((reason): Observation => ({
      kind: 'absent',
      reason,
      errorCode: null,
      errorDescription: null,
    })),
  fc
    .constantFrom('payt_1', 'payt_2')
    .map((objectId): Observation => ({ kind: 'attempt', objectId })),
  fc
    .constantFrom(
      'no_outcome' as const,
      'ambiguous' as const,
      'handler_failed' as const,
      'unexpected_success' as const,
    )
    .map((reason): Observation => ({ kind: 'given_up', reason })),
);
const aPerson = fc
  .constantFrom(
    'acknowledged' as const,
    'succeeded' as const,
    'failed' as const,
    'refunded' as const,
  )
  .map(aClosing);

/** What comes, and whether another record of the subject has succeeded by then: it stays so. */
const aStory = fc
  .tuple(fc.array(fc.oneof(aWitness, aPerson), { maxLength: 16 }), fc.nat({ max: 24 }))
  .map(([observations, paidAt]) =>
    observations.map((observation, at) => ({ observation, paidAlready: at >= paidAt })),
  );

interface Step {
  readonly before: TrackedRecord;
  readonly after: TrackedRecord;
  readonly observation: Observation;
  readonly paidAlready: boolean;
  readonly refused: boolean;
}

function step(before: TrackedRecord, observation: Observation, paidAlready: boolean): Step {
  const around = { paidAlready, succeeded: { count: 0, amount: 0 } };
  const base = { before, observation, paidAlready };
  try {
    const after = { ...before, ...transition(before, observation, around) };
    return { ...base, after, refused: false };
  } catch (thrown) {
    if (!(thrown instanceof GlomopayNotResolvableError)) throw thrown;
    return { ...base, after: before, refused: true };
  }
}

function told(record: TrackedRecord, story: readonly Pick<Step, 'observation' | 'paidAlready'>[]) {
  const steps: Step[] = [];
  let current = record;
  for (const { observation, paidAlready } of story) {
    const next = step(current, observation, paidAlready);
    steps.push(next);
    current = next.after;
  }
  return { steps, end: current };
}

const hasOutcome = ({ state }: TrackedRecord) => state === 'succeeded' || state === 'failed';
const holds = (check: (steps: readonly Step[], end: TrackedRecord) => void) =>
  fc.assert(
    fc.property(anyRecord, aStory, (record, story) => {
      const { steps, end } = told(record, story);
      check(steps, end);
    }),
    { numRuns: 5_000 },
  );

describe('A record of any kind, whatever witnesses and persons bring', () => {
  it('has at most one outcome, which nothing changes, and handlers hear of it once', () => {
    holds((steps) => {
      const outcomes = steps.filter(
        ({ before, after }) => !hasOutcome(before) && hasOutcome(after),
      );
      expect(outcomes.length).toBeLessThanOrEqual(1);
      for (const { before, after } of steps) {
        if (hasOutcome(before)) expect(after.state).toBe(before.state);
      }
    });
  });

  it('never goes back: open again only by an object of the gateway, and no mismatch by itself', () => {
    holds((steps) => {
      for (const { before, after, observation } of steps) {
        if (before.state !== 'created') expect(after.state).not.toBe('created');
        if (before.state === 'mismatch' && observation.kind !== 'resolved') {
          expect(after.state).toBe('mismatch');
        }
        if (before.state === 'needs_attention' && after.state === 'attempted') {
          expect(observation.kind).toBe('attempt');
        }
      }
    });
  });

  it('is closed exactly where it may be', () => {
    holds((steps) => {
      for (const { before, after, observation, paidAlready, refused } of steps) {
        if (observation.kind !== 'resolved') continue;
        const { as } = observation;
        const settles = as === 'succeeded' || as === 'failed';
        const mayClose =
          whoLooksNext(before) === 'person' &&
          !(settles && (hasOutcome(before) || isStray(before))) &&
          !(as === 'succeeded' && paidAlready);
        expect(refused).toBe(!mayClose);
        if (refused) continue;
        expect(whoLooksNext(after)).toBe('nobody');
        expect(after).toMatchObject({ resolution: as, resolvedBy: 'asha' });
        expect(after.state).toBe(settles ? as : before.state);
      }
    });
  });

  it('is closed by persons only, and keeps all three of what they said, or none', () => {
    holds((steps) => {
      for (const { before, after, observation } of steps) {
        const { resolution, resolvedBy, resolutionNote } = after;
        if (observation.kind !== 'resolved' && resolution !== null) {
          expect(resolution).toBe(before.resolution);
        }
        const isNone = [resolution, resolvedBy, resolutionNote].map((value) => value === null);
        expect(new Set(isNone).size).toBe(1);
        if (after.state === 'created' || after.state === 'attempted') expect(resolution).toBeNull();
      }
    });
  });

  it('is no success of a stray, none beside one that has paid, and none after the money went back', () => {
    holds((steps) => {
      for (const { before, after, observation, paidAlready } of steps) {
        if (before.state === 'succeeded' || after.state !== 'succeeded') continue;
        expect(isStray(after)).toBe(false);
        expect(paidAlready).toBe(false);
        if (observation.kind !== 'resolved') expect(before.resolution).not.toBe('refunded');
      }
    });
  });

  it('needs a person again for a final status that contradicts what was settled by hand', () => {
    holds((_, end) => {
      if (end.resolution !== 'succeeded' && end.resolution !== 'failed') return;
      const status = end.state === 'succeeded' ? 'failed' : 'success';
      const objectId = end.objectId ?? 'payt_1';
      const { after } = step(end, aLook({ status, objectId }), false);
      const wasKnown = end.gatewayStatus === status && end.objectId !== null;
      expect(whoLooksNext(after)).toBe(wasKnown ? 'nobody' : 'person');
    });
  });

  it('stays closed when the gateway says the same again', () => {
    fc.assert(
      fc.property(anyRecord, aStory, aWitness, aPerson, (record, story, last, closing) => {
        const paidAlready = story.some((one) => one.paidAlready);
        const { end } = told(record, story);
        const seen = step(step(end, last, paidAlready).after, closing, paidAlready);
        fc.pre(!seen.refused);
        const again = step(seen.after, last, paidAlready).after;
        expect(again.resolution).toBe(seen.after.resolution);
        expect(again.state).toBe(seen.after.state);
      }),
      { numRuns: 3_000 },
    );
  });
});
