import type { Clock } from '../config/clock.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';

const LONGEST_MS = 60_000;
const SHORTEST_MS = 100;

/**
 * Pause before the next attempt, in milliseconds: what `Retry-After` asks for, clamped to 100 ms to
 * 60 s; otherwise full jitter under a bound that doubles with each attempt.
 */
export function retryDelay(
  attempt: number,
  retryAfter: string | undefined,
  { baseDelayMs, maxDelayMs }: GlomopayConfig['retry'],
  clock: Clock,
): number {
  const asked = readRetryAfter(retryAfter, clock);
  if (asked !== undefined) return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, asked));
  return clock.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1));
}

/** Whole seconds or an HTTP date (RFC 9110 section 10.2.3); anything else is no request at all. */
function readRetryAfter(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  const value = header.trim();
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  if (!/^[A-Za-z]{3},? /.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - clock.date();
}
