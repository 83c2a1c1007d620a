import { describe, expect, it } from '@jest/globals';
import { date, oneOf, optional, text, whole, type Row } from './row.js';

describe('A row of a database', () => {
  it.each<[unknown]>([[7], ['7'], [7n]])('has the whole number %p', (value) => {
    expect(whole({ amount: value }, 'amount')).toBe(7);
  });

  it.each<[unknown]>([[null], [''], ['7.5'], [7.5], [2 ** 53], ['seven'], [{}]])(
    'has no whole number in %p that this version can read',
    (value) => {
      expect(() => whole({ amount: value }, 'amount')).toThrow(
        expect.objectContaining({ name: 'UnreadableRowError', column: 'amount' }),
      );
    },
  );

  it.each<[string, (row: Row) => unknown]>([
    ['whole', (row) => whole(row, 'made_at')],
    ['text', (row) => text(row, 'made_at')],
    ['date', (row) => date(row, 'made_at')],
    ['oneOf', (row) => oneOf(['a'], row, 'made_at')],
    ['optional', (row) => optional(text, row, 'made_at')],
  ])('that a library has renamed is not taken for one of a newer version by %s', (_, read) => {
    for (const row of [{ madeAt: '7' }, ['7'] as unknown as Row]) {
      expect(() => read(row)).toThrow(
        expect.objectContaining({ name: 'Error', message: expect.stringContaining('made_at') }),
      );
    }
  });
});
