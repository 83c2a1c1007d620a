import Sequencer from '@jest/test-sequencer';

/** What takes longest, longest first: mostly they wait, so that others compute beside them. */
const SLOW = [
  'libs/nestjs-glomopay/src/bullmq/bull-mq-engine.outage.spec.ts',
  'libs/nestjs-glomopay/src/postgres/postgres-connections.spec.ts',
  'libs/nestjs-glomopay/src/postgres/postgres-contract.spec.ts',
  'libs/nestjs-glomopay/src/bullmq/bull-mq-engine.spec.ts',
  'libs/nestjs-glomopay/src/postgres/postgres-inbox-store.spec.ts',
  'test/calls/canary',
  'test/shop/',
  'libs/nestjs-glomopay/src/sqlite/sqlite-contract.spec.ts',
  'test/inbox/',
  'libs/nestjs-glomopay/src/callback/callback-verifier',
];

/**
 * Jest begins with the files that took longest the last time, and knows none of that in a fresh
 * checkout: there it goes by size, and the slowest end alone.
 */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    // Jest's own order, not an array's.
    // oxlint-disable-next-line unicorn/no-array-sort
    const known = super.sort(tests);
    return known
      .map((test) => ({ test, rank: test.duration === undefined ? rankOf(test.path) : 0 }))
      .toSorted((one, other) => one.rank - other.rank)
      .map(({ test }) => test);
  }
}

function rankOf(path) {
  const rank = SLOW.findIndex((slow) => path.includes(slow));
  return rank === -1 ? SLOW.length : rank;
}
