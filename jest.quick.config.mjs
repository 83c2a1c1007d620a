import process from 'node:process';
import { SLOW } from './dev/halves.mjs';
import all from './jest.config.mjs';

// Read by the tests of mixed files, in every worker.
process.env.TEST_HALF = 'quick';

/** `npm test`: what needs nothing but Node.js. */
export default {
  ...all,
  testPathIgnorePatterns: [...all.testPathIgnorePatterns, ...SLOW],
};
