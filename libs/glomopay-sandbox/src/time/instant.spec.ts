import { describe, expect, it } from '@jest/globals';
import { parseInstant } from './instant.js';

describe('parseInstant', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.250Z', '2026-03-01T12:00:00.250Z'],
    ['2026-03-01T12:00:00+05:30', '2026-03-01T06:30:00.000Z'],
    ['2026-03-01T12:00:00', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00', '2026-03-01T12:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text, 'start')).toBe(Date.parse(instant));
  });

  it('takes a bare date as the start or the end of the day', () => {
    expect(parseInstant('2026-03-01', 'start')).toBe(Date.parse('2026-03-01T00:00:00.000Z'));
    expect(parseInstant('2026-03-01', 'end')).toBe(Date.parse('2026-03-01T23:59:59.999Z'));
  });

  it.each([
    '',
    'now',
    '2026-02-30',
    '2026-13-01',
    '2026-03-01T25:00:00Z',
    '01-03-2026',
    '1772366400',
  ])('does not read %j', (text) => {
    expect(parseInstant(text, 'start')).toBeUndefined();
  });
});
