import { SLOW } from './dev/slow-tests.mjs';
import all from './jest.config.mjs';

/** `npm run test:slow`: what `npm test` leaves out. */
export default {
  ...all,
  testMatch: undefined,
  testRegex: `(${SLOW.join('|')}).*spec\\.ts$`,
};
