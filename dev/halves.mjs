/** Files whose tests all need a server, start processes or measure memory. */
export const SLOW = [
  'libs/nestjs-glomopay/src/(postgres|mysql|bullmq)/',
  'libs/glomopay-sandbox/src/cli\\.',
  'memory\\.',
  'fuzz\\.',
  'propert(y|ies)\\.',
  'test/calls/(canary-process|environment)\\.',
  'test/inbox/(flood|function-calls)\\.',
  'test/tracking/(orm-hosts|database-libraries)\\.',
];

/** Files that have tests of both kinds: a run has those that it asks for. */
export const MIXED = [
  'libs/nestjs-glomopay/test/dba-page\\.',
  'test/accounts/merchants-work\\.',
  'test/doctor/migrations-check\\.',
  'test/shop/(operations|outcomes|refunds|webhooks)\\.',
  'test/tracking/(after-outcome|after-outcome-engines|after-refund-outcome|charges)\\.',
  'test/tracking/(collection-reconciliation|collections|erase|expected-renewals|milestones)\\.',
  'test/tracking/(over-refunded|reconciled-refunds|refund-reconciliation|refund-witnesses)\\.',
  'test/tracking/(refunds|resolve|restored|restored-refunds)\\.',
];
