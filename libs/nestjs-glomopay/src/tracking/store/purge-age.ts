import { storedMs } from './inbox-query.js';

/** How old something is that is to be forgotten: what was there before the date. */
export type PurgeAge = Date | { readonly before: Date };

const DAY_MS = 86_400_000;

/**
 * The gateway delivers an event for 94 hours and 21 minutes (docs/gateway.md, Webhook retries), and nothing
 * has one sent again later. A key younger than this is never forgotten.
 */
export const LEAST_KEY_DAYS = 5;

/**
 * For how long the key of a purged event is kept beyond its event, unless the host says otherwise: more than
 * twenty times as long as the gateway delivers.
 */
export const KEY_DAYS = 90;

/** @throws {RangeError} the date is none. */
export function dateOf(age: PurgeAge): Date {
  return new Date(storedMs('before' in age ? age.before : age));
}

/** So many days before a date. */
export function daysBefore(date: Date, days: number): Date {
  return new Date(storedMs(new Date(Math.max(0, date.getTime() - days * DAY_MS))));
}
