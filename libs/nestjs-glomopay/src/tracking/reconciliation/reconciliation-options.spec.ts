import { describe, expect, it } from '@jest/globals';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { planOf, type ReconciliationOptions } from './reconciliation-options.js';

const NOW = Date.UTC(2026, 2, 30, 12);
const times = (from: Date | string, to?: Date | string) => {
  const plan = planOf({ from, to }, NOW);
  return [plan.from.toISOString(), plan.to.toISOString()];
};

describe('the time of a reconciliation', () => {
  it.each([
    ['2026-03-29', '2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
    // Without an offset it is UTC, whatever this machine has, and whatever its clocks do that day.
    [
      '2026-03-29T02:30',
      '2026-03-29T03:30',
      '2026-03-29T02:30:00.000Z',
      '2026-03-29T03:30:00.000Z',
    ],
    // The night in which 02:30 comes twice in Berlin: only the offset tells which.
    [
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      '2026-03-29T10:00:00+0530',
      '2026-03-29T23:59:59.999Z',
      '2026-03-29T04:30:00.000Z',
      '2026-03-29T23:59:59.999Z',
    ],
  ])('reads %s to %s', (from, to, start, end) => {
    expect(times(from, to)).toEqual([start, end]);
  });

  it('ends now where no end is given, and takes dates as they are', () => {
    expect(times(new Date(NOW - 5))).toEqual([
      new Date(NOW - 5).toISOString(),
      new Date(NOW).toISOString(),
    ]);
  });

  it.each([
    ['', undefined, 'from'],
    ['yesterday', undefined, 'from'],
    ['2026-02-30', undefined, 'from'],
    ['2026-W10', undefined, 'from'],
    ['29.03.2026', undefined, 'from'],
    [new Date(Number.NaN), undefined, 'from'],
    ['2026-03-29', 'tomorrow', 'to'],
    ['2026-03-29', '2026-03-28', 'to'],
    ['2026-03-29T10:00:00Z', '2026-03-29T15:30:00+05:30', 'to'],
    ['2027-01-01', undefined, 'to'],
  ])('refuses %s to %s', (from, to, path) => {
    let thrown: unknown;
    try {
      times(from, to);
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown).toBeInstanceOf(GlomopayValidationError);
    expect(thrown).toMatchObject({ violations: [{ path }] });
  });

  it.each([
    ['repair', 'false'],
    ['repair', 0],
    ['repair', null],
    ['expectationOf', 'foreign'],
  ])('refuses %s that is %j, which the compiler lets nobody say', (path, value) => {
    const options: ReconciliationOptions = Object.assign({ from: '2026-03-29' }, { [path]: value });
    expect(() => planOf(options, NOW)).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ path })] }),
    );
  });
});
