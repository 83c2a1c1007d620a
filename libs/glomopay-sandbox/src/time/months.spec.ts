import { describe, expect, it } from '@jest/globals';
import { monthsLater } from './months.js';

describe('monthsLater', () => {
  it.each([
    ['2026-11-30T12:34:56.789Z', 3, '2027-02-28T12:34:56.789Z'],
    ['2026-08-31T00:00:00.000Z', 6, '2027-02-28T00:00:00.000Z'],
    ['2027-11-29T23:59:59.999Z', 3, '2028-02-29T23:59:59.999Z'],
    ['2026-12-31T08:00:00.000Z', 1, '2027-01-31T08:00:00.000Z'],
    ['2028-02-29T08:00:00.000Z', 12, '2029-02-28T08:00:00.000Z'],
    ['2026-05-15T08:00:00.000Z', 0, '2026-05-15T08:00:00.000Z'],
  ])('of %s and %d is %s', (moment, months, expected) => {
    expect(new Date(monthsLater(Date.parse(moment), months)).toISOString()).toBe(expected);
  });
});
