/** What can go wrong with one request, one callback or one webhook. */
export const FAULT_NAMES = [
  'latency',
  'latency-after-commit',
  'timeout',
  'timeout-after-commit',
  'rate-limit',
  'server-error',
  'reset-before-processing',
  'drop-after-commit',
  'truncated-json',
  'refund-locked',
  'refund-fails-at-create',
  'payout-fails-at-create',
  'callback-with-older-key',
  'webhook-before-answer',
  'webhook-duplicate',
  'webhook-delayed',
  'webhook-reordered',
  'webhook-stale-snapshot',
  'webhook-wrong-signature',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Details of a fault. Each belongs to the faults it names and is ignored by none. */
export interface FaultOptions {
  /** For `latency` and `latency-after-commit`. @defaultValue 1000 */
  readonly latencyMs?: number;
  /** For `server-error`. @defaultValue 500 */
  readonly status?: 500 | 502 | 503 | 504;
  /** For `rate-limit`: the `Retry-After` header, as seconds or an HTTP date. Absent by default. */
  readonly retryAfter?: number | string;
  /** For `webhook-delayed`, on the sandbox's clock. @defaultValue 1000 */
  readonly delayMs?: number;
}

/** A fault that waits for what it happens to. */
export interface Fault {
  readonly name: FaultName;
  readonly latencyMs: number;
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly delayMs: number;
}

const OPTIONS_OF: Readonly<Record<FaultName, readonly (keyof FaultOptions)[]>> = {
  latency: ['latencyMs'],
  'latency-after-commit': ['latencyMs'],
  timeout: [],
  'timeout-after-commit': [],
  'rate-limit': ['retryAfter'],
  'server-error': ['status'],
  'reset-before-processing': [],
  'drop-after-commit': [],
  'truncated-json': [],
  'refund-locked': [],
  'refund-fails-at-create': [],
  'payout-fails-at-create': [],
  'callback-with-older-key': [],
  'webhook-before-answer': [],
  'webhook-duplicate': [],
  'webhook-delayed': ['delayMs'],
  'webhook-reordered': [],
  'webhook-stale-snapshot': [],
  'webhook-wrong-signature': [],
};

/** @throws {TypeError} for an unknown fault, an option it does not have, or a bad value. */
export function faultOf(name: string, options: FaultOptions): Fault {
  const known = FAULT_NAMES.find((candidate) => candidate === name);
  if (!known) throw new TypeError(`Unknown fault; the faults are ${FAULT_NAMES.join(', ')}`);
  const allowed: readonly string[] = OPTIONS_OF[known];
  if (Object.keys(options).some((option) => !allowed.includes(option))) {
    throw new TypeError(`The options of ${known} are: ${allowed.join(', ') || 'none'}`);
  }
  const { latencyMs = 1000, status = 500, retryAfter, delayMs = 1000 } = options;
  assertWithin('latencyMs', latencyMs, 600_000);
  assertWithin('delayMs', delayMs, 604_800_000);
  if (![500, 502, 503, 504].includes(status)) {
    throw new TypeError('status must be 500, 502, 503 or 504');
  }
  return { name: known, latencyMs, status, retryAfter: headerValue(retryAfter), delayMs };
}

function assertWithin(option: string, milliseconds: number, maximum: number): void {
  if (!(milliseconds >= 0 && milliseconds <= maximum)) {
    throw new TypeError(`${option} must be between 0 and ${maximum}`);
  }
}

function headerValue(retryAfter: number | string | undefined): string | undefined {
  if (retryAfter === undefined) return undefined;
  const text = String(retryAfter);
  if (!/^[\x20-\x7e]{1,100}$/.test(text)) {
    throw new TypeError('retryAfter must be seconds or an HTTP date');
  }
  return text;
}
