import { availableParallelism } from 'node:os';
import process from 'node:process';
import { MIXED, SLOW } from './dev/halves.mjs';
import all from './jest.config.mjs';

// Read by the tests of mixed files, in every worker.
process.env.TEST_HALF = 'slow';

/** `npm run test:slow`: what needs servers, starts processes or measures memory. */
export default {
  ...all,
  testMatch: undefined,
  testRegex: `(${[...SLOW, ...MIXED].join('|')}).*spec\\.ts$`,
  // Most of it waits: for limits to pass, for connections to be missed.
  maxWorkers: Math.max(6, availableParallelism()),
};
