import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isUnfinished, isWatched, watchPause, watchPauseAfter } from './watch.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('isUnfinished', () => {
  it.each([
    [false, null, true],
    [true, null, false],
    [false, 'approved', true],
    [true, 'approved', false],
    [true, 'under_review', true],
    [true, 'action_required', true],
    [true, 'of_tomorrow', true],
    [false, 'rejected', false],
    [true, 'rejected', false],
  ])('of a success with funds %s and compliance %s is %s', (fundsAvailable, status, expected) => {
    const facts = { fundsAvailable, complianceStatus: status };
    expect(isUnfinished({ state: 'succeeded', ...facts })).toBe(expected);
    for (const state of [
      'created',
      'attempted',
      'failed',
      'mismatch',
      'needs_attention',
    ] as const) {
      expect(isUnfinished({ state, ...facts })).toBe(false);
    }
  });
});

const open = { state: 'succeeded', fundsAvailable: false, complianceStatus: null } as const;
const audience = (hears: boolean) => ({
  milestones: { hears: () => hears, tell: () => Promise.resolve() },
});

describe('isWatched', () => {
  it('is what is unfinished and somebody would hear of', () => {
    expect(isWatched(open, audience(true))).toBe(true);
    expect(isWatched(open, audience(false))).toBe(false);
    expect(isWatched(open, {})).toBe(false);
    expect(isWatched({ ...open, fundsAvailable: true }, audience(true))).toBe(false);
  });
});

describe('watchPause', () => {
  it('is an hour where somebody hears, and none where nobody does or nothing is to come', () => {
    expect(watchPause(open, audience(true), true)).toBe(HOUR_MS);
    expect(watchPause(open, audience(false), true)).toBeUndefined();
    expect(watchPause(open, {}, true)).toBeUndefined();
    expect(watchPause({ ...open, fundsAvailable: true }, audience(true), true)).toBeUndefined();
  });

  it('is none at all in a process that lacks handlers, where others may hear', () => {
    expect(watchPause(open, audience(true), false)).toBe(0);
    expect(watchPause(open, audience(false), false)).toBe(0);
    expect(watchPause(open, {}, false)).toBeUndefined();
    expect(watchPause({ ...open, fundsAvailable: true }, audience(false), false)).toBeUndefined();
  });
});

describe('watchPauseAfter', () => {
  it('is an hour for a day, then six, and none after thirty days', () => {
    expect(watchPauseAfter(0)).toBe(HOUR_MS);
    expect(watchPauseAfter(DAY_MS - 1)).toBe(HOUR_MS);
    expect(watchPauseAfter(DAY_MS)).toBe(6 * HOUR_MS);
    expect(watchPauseAfter(30 * DAY_MS - 1)).toBe(6 * HOUR_MS);
    expect(watchPauseAfter(30 * DAY_MS)).toBeUndefined();
  });

  it('ends whatever the jitter, within a number of looks that a gateway can bear', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 1 }),
        (factors) => {
          let [age, looks] = [HOUR_MS, 1];
          for (;;) {
            const pause = watchPauseAfter(age);
            if (pause === undefined) break;
            age += pause * (factors[looks % factors.length] ?? 1);
            looks += 1;
          }
          expect(age).toBeLessThan(30 * DAY_MS + 8 * HOUR_MS);
          expect(looks).toBeLessThan(180);
        },
      ),
    );
  });
});
