import type { Environment } from '../keys/secret-key.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long the gateway waits after each failed attempt (docs/gateway.md, Webhook retries); after the
 * last it gives up.
 */
export const RETRY_SCHEDULES: Readonly<Record<Environment, readonly number[]>> = {
  sandbox: [1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE_MS),
  production: [
    ...[1, 5, 15].map((minutes) => minutes * MINUTE_MS),
    ...[1, 3, 6, 12, 24, 48].map((hours) => hours * HOUR_MS),
  ],
};
