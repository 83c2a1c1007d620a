import { describe, expect, it } from '@jest/globals';
import { isSpent, pauseAfter, type CheckPlan } from './check-plan.js';

const DAY_MS = 86_400_000;
const ofPayments: CheckPlan = {
  firstCheckMs: 30_000,
  firstPauseMs: 10_000,
  longestPauseMs: 900_000,
  ends: { afterChecks: 60 },
};
const ofRefunds: CheckPlan = {
  ...ofPayments,
  longestPauseMs: DAY_MS,
  ends: { afterMs: 21 * DAY_MS },
};

describe('CheckPlan', () => {
  it('pauses longer after each look, up to the longest pause', () => {
    const pauses = [0, 1, 2, 50, 10_000].map((checks) => pauseAfter(ofPayments, { checks }));
    expect(pauses).toEqual([10_000, 15_000, 22_500, 900_000, 900_000]);
  });

  it('ends after so many looks, however old the record is', () => {
    expect(isSpent(ofPayments, { checks: 59 }, 400 * DAY_MS)).toBe(false);
    expect(isSpent(ofPayments, { checks: 60 }, 0)).toBe(true);
  });

  it('ends at an age, however often was looked', () => {
    expect(isSpent(ofRefunds, { checks: 10_000 }, 21 * DAY_MS - 1)).toBe(false);
    expect(isSpent(ofRefunds, { checks: 1 }, 21 * DAY_MS)).toBe(true);
  });

  it('lets the looks at a payment take the hours that they took', () => {
    const looks = Array.from({ length: 60 }, (_, checks) => pauseAfter(ofPayments, { checks }));
    const hours = looks.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(12);
    expect(hours).toBeLessThan(13);
  });
});
