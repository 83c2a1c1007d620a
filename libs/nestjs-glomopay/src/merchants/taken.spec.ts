import { describe, expect, it } from '@jest/globals';
import { taken } from './taken.js';

describe('taken', () => {
  it('takes in turn, and goes on with those that have more', () => {
    expect(taken([['a1', 'a2', 'a3', 'a4'], ['b1'], ['c1', 'c2']], 10)).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'c2',
      'a3',
      'a4',
    ]);
  });

  it('takes no more than the limit, and nothing of nothing', () => {
    expect(
      taken(
        [
          ['a1', 'a2'],
          ['b1', 'b2'],
        ],
        3,
      ),
    ).toEqual(['a1', 'b1', 'a2']);
    expect(taken([], 3)).toEqual([]);
    expect(taken([[], []], 3)).toEqual([]);
  });
});
