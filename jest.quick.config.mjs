import { SLOW } from './dev/slow-tests.mjs';
import all from './jest.config.mjs';

/** `npm test`: before every commit, with nothing but Node.js. */
export default {
  ...all,
  testPathIgnorePatterns: [...all.testPathIgnorePatterns, ...SLOW],
};
