import { describe, expect, it } from '@jest/globals';
import { isCalendarDate, isInstant, isSameInstant } from './calendar.js';

describe('isCalendarDate', () => {
  it.each(['2003-11-29', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    'takes %s',
    (day) => {
      expect(isCalendarDate(day)).toBe(true);
    },
  );

  it.each([
    '2003-99-99',
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '+002026-01-01',
    '２０２６-01-01',
    '',
    20_260_101,
    new Date(0),
    null,
    undefined,
  ])('refuses %j', (day) => {
    expect(isCalendarDate(day)).toBe(false);
  });

  it('agrees with the calendar on every day of a leap year and of a common one', () => {
    const days = Array.from({ length: 731 }, (_, n) =>
      new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10),
    );
    expect(days.filter((day) => !isCalendarDate(day))).toEqual([]);
  });
});

describe('isInstant', () => {
  it.each([
    '2026-01-02',
    '2026-01-02T03:04',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05.123Z',
    '2026-01-02T03:04:05.123456789Z',
    '2026-01-02T23:59:59+05:30',
    '2026-01-02T03:04:05-0800',
  ])('takes %s', (instant) => {
    expect(isInstant(instant)).toBe(true);
  });

  it.each([
    'yesterday',
    '2026-W01',
    '2026-W01-1',
    '2026-001',
    '2026-01',
    '2026',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:60:00Z',
    '2026-01-02T03:04:60Z',
    '2026-01-02T03Z',
    '2026-01-02 03:04:05Z',
    '2026-01-02t03:04:05z',
    '2026-01-02T03:04:05+5',
    '2026-01-02T03:04:05+24:00',
    '2026-01-02Z',
    '2026-01-02T03:04:05.Z',
    '2026-01-02T03:04:05Z\n',
    1_767_322_800_000,
    null,
  ])('refuses %j', (instant) => {
    expect(isInstant(instant)).toBe(false);
  });
});

describe('isSameInstant', () => {
  it.each([
    ['2026-12-15', '2026-12-15T00:00:00Z'],
    ['2026-12-15T12:00', '2026-12-15T12:00:00.000Z'],
    ['2026-12-15T12:00:00', '2026-12-15T12:00:00Z'],
    ['2026-12-15T17:30:00+05:30', '2026-12-15T12:00:00Z'],
    ['2026-12-15T17:30:00+0530', '2026-12-15T12:00:00Z'],
    ['2026-12-15T07:00-05:00', '2026-12-15T12:00:00.000Z'],
  ])('takes %s for %s', (written, answered) => {
    expect(isSameInstant(written, answered)).toBe(true);
  });

  it.each([
    ['2026-12-15', '2026-12-16T00:00:00Z'],
    ['2026-12-15T12:00:00Z', '2026-12-15T12:00:00+05:30'],
    ['2026-12-15T12:00:00Z', null],
    ['soon', 'soon'],
    [undefined, undefined],
  ])('does not take %s for %s', (written, answered) => {
    expect(isSameInstant(written, answered)).toBe(false);
  });
});
