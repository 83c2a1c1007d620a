import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runProgram } from '../support/library/child-process.js';
import { CompiledLibrary } from '../support/library/compiled-library.js';

const MEGABYTE = 1024 * 1024;

interface Findings {
  readonly sizes: readonly number[];
  readonly open: number;
  readonly timers: number;
  readonly listening: number;
  readonly left: number;
}

describe('The memory of merchants that come and go', () => {
  let library: CompiledLibrary;
  beforeAll(async () => {
    library = await CompiledLibrary.make();
  });
  afterAll(() => library.stop());

  it('stays level from 2,000 of them to 10,000', async () => {
    const { status, output, errors } = await runProgram(
      library,
      'merchant-cycles',
      { ROUNDS: '10', CYCLES: '1000' },
      ['--expose-gc'],
    );
    expect([errors.replace(/^\(.*\n/gm, ''), status]).toEqual(['', 0]);
    const { sizes, open, timers, listening, left } = JSON.parse(output) as Findings;
    expect(open).toBeLessThanOrEqual(10);
    // Each open account listens at the vault of its keys and at that of its webhook secrets.
    expect([listening, left]).toEqual([2 * open, 0]);
    expect(timers).toBeLessThan(100);
    const medianOf = (some: readonly number[]): number =>
      some.toSorted((one, other) => one - other)[Math.floor(some.length / 2)] ?? NaN;
    const early = medianOf(sizes.slice(1, 4));
    const late = medianOf(sizes.slice(-3));
    // An account that stayed would be some 50 KB: 6,000 of them 300 MB. Names that nobody has are remembered,
    // which is 2 MB.
    expect((late - early) / MEGABYTE).toBeLessThan(5);
  });
});
