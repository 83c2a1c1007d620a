import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { systemClock } from '../config/clock.js';
import { RateLimit } from './rate-limit.js';

const MINUTE_MS = 60_000;

/** A clock that stands still until it is moved. */
function aClock() {
  const clock = { ...systemClock, at: 0, now: () => clock.at };
  return clock;
}

/** The moments at which requests go out when each asks for its slot at the given moment. */
function departures(perMinute: number, arrivals: readonly number[]): number[] {
  const clock = aClock();
  const limit = new RateLimit(perMinute, clock);
  return arrivals.map((at) => {
    clock.at = at;
    return at + (limit.take(Infinity) ?? NaN);
  });
}

describe('RateLimit', () => {
  it('lets a tenth of the minute through at once and spreads the rest', () => {
    const times = departures(
      3_000,
      Array.from({ length: 400 }, () => 0),
    );
    expect(times.filter((time) => time === 0)).toHaveLength(300);
    expect(times.at(-1)).toBeCloseTo(100 * (MINUTE_MS / 2_700), 5);
  });

  it('gives a fresh burst after a quiet time', () => {
    const clock = aClock();
    const limit = new RateLimit(100, clock);
    for (let call = 0; call < 10; call += 1) limit.take(Infinity);
    clock.at = MINUTE_MS;
    expect(Array.from({ length: 10 }, () => limit.take(Infinity))).toEqual(
      Array.from({ length: 10 }, () => 0),
    );
  });

  it('takes no slot from others for a caller who cannot wait so long', () => {
    const limit = new RateLimit(10, aClock());
    expect(limit.take(Infinity)).toBe(0);
    expect(limit.take(1_000)).toBeUndefined();
    expect(limit.take(Infinity)).toBeCloseTo(MINUTE_MS / 9, 5);
  });

  it('keeps every window of a minute within the limit, whatever the arrivals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.nat(5_000), { minLength: 1, maxLength: 300 }),
        (perMinute, gaps) => {
          let at = 0;
          const times = departures(
            perMinute,
            gaps.map((gap) => (at += gap)),
          );
          for (const start of times) {
            const inWindow = times.filter(
              (time) => time >= start && time < start + MINUTE_MS - 1e-3,
            );
            expect(inWindow.length).toBeLessThanOrEqual(Math.max(perMinute, 2));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
