import { describe, expect, it } from '@jest/globals';
import { jittered } from './jittered.js';

describe('jittered', () => {
  it.each([
    { random: 0, gives: 80 },
    { random: 0.5, gives: 100 },
    { random: 1, gives: 120 },
  ])('spreads 100 ms by ± 20 % to $gives at $random', ({ random, gives }) => {
    expect(jittered(100, [0.8, 1.2], () => random)).toBeCloseTo(gives);
  });
});
