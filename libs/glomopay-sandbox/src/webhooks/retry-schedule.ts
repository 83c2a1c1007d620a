import type { Environment } from '../keys/secret-key.js';

const minute = 60_000;
const hour = 60 * minute;

/**
 * How long the gateway waits after each failed attempt (docs/gateway.md, Webhook retries); after the
 * last it gives up.
 */
export const retrySchedules: Readonly<Record<Environment, readonly number[]>> = {
  sandbox: [1, 2, 5, 10, 30].map((minutes) => minutes * minute),
  production: [
    ...[1, 5, 15].map((minutes) => minutes * minute),
    ...[1, 3, 6, 12, 24, 48].map((hours) => hours * hour),
  ],
};
