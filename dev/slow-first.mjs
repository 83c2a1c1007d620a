import Sequencer from '@jest/test-sequencer';

/** What takes longest, longest first: mostly they wait, so that others compute beside them. */
const SLOW = [
  'libs/nestjs-glomopay/src/postgres/postgres-contract',
  'libs/nestjs-glomopay/src/postgres/postgres-connections',
  'libs/nestjs-glomopay/src/mysql/mysql-contract',
  'libs/nestjs-glomopay/src/postgres/partitions',
  'libs/nestjs-glomopay/src/mysql/mysql-connections',
  'libs/nestjs-glomopay/src/bullmq/bull-mq-engine.outage',
  'transaction-host',
  'test/calls/canary',
  'libs/nestjs-glomopay/src/bullmq/bull-mq-engine.spec',
  'test/shop/',
  'test/tracking/(restored|refund-witnesses|charges|collections)',
  'libs/nestjs-glomopay/src/sqlite/sqlite-contract',
  'test/inbox/',
  'callback-verifier',
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
  const rank = SLOW.findIndex((slow) => new RegExp(slow).test(path));
  return rank === -1 ? SLOW.length : rank;
}
