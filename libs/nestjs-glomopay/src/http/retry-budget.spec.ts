import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../config/clock.js';
import { RetryBudget } from './retry-budget.js';

function aBudget() {
  const clock = { ...systemClock, at: 0, now: () => clock.at };
  return { clock, budget: new RetryBudget(clock) };
}

/** How many of the retries asked for are allowed. */
function allowed(budget: RetryBudget, asked: number): number {
  return Array.from({ length: asked }, () => budget.allowsRetry()).filter(Boolean).length;
}

describe('RetryBudget', () => {
  it('always has room for three retries', () => {
    expect(allowed(aBudget().budget, 10)).toBe(3);
  });

  it('allows one retry more for every ten calls', () => {
    const { budget } = aBudget();
    for (let call = 0; call < 200; call += 1) budget.countCall();
    expect(allowed(budget, 400)).toBe(23);
  });

  it('forgets calls and retries after ten seconds', () => {
    const { clock, budget } = aBudget();
    for (let call = 0; call < 100; call += 1) budget.countCall();
    expect(allowed(budget, 100)).toBe(13);
    clock.at = 9_999;
    expect(allowed(budget, 1)).toBe(0);
    clock.at = 10_000;
    expect(allowed(budget, 100)).toBe(3);
  });
});
