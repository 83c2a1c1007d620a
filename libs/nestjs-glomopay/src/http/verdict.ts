import type { GlomopayApiErrorDetails } from '../errors/api.error.js';
import type { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { TransportFailure } from './transport-failure.js';

/**
 * What one attempt means:
 * - `answered`: a usable 2xx;
 * - `aborted`: the caller ended it before anything left;
 * - `held`: the module's own rate limit had no room for it before the deadline;
 * - `unsent`: proven never to have left;
 * - `throttled`: 429, refused for now;
 * - `busy`: another request holds the record, refused for now;
 * - `rejected`: refused for what was asked;
 * - `denied`: refused for who asks or for an id that is not known: 401, 403, 404;
 * - `duplicate`: the gateway says that it has the object already;
 * - `unknown`: everything else. The gateway may have acted.
 */
export type Verdict<T> = { readonly kind: 'answered'; readonly value: T } | FailedVerdict;

/** An attempt without a usable answer. */
export type FailedVerdict =
  | { readonly kind: 'aborted' | 'held' }
  | { readonly kind: 'unsent'; readonly failure: TransportFailure }
  | RefusedVerdict
  | { readonly kind: 'duplicate' }
  | UnknownVerdict;

/** The gateway said no. */
export interface RefusedVerdict {
  readonly kind: 'throttled' | 'busy' | 'rejected' | 'denied';
  readonly details: GlomopayApiErrorDetails;
  readonly retryAfter: string | undefined;
}

/** An attempt after which the gateway may or may not have acted. */
export interface UnknownVerdict {
  readonly kind: 'unknown';
  /** Why, in words of ours. */
  readonly reason: string;
  /** The caller ended it after it may have left. */
  readonly aborted: boolean;
  readonly details?: GlomopayApiErrorDetails | undefined;
  readonly retryAfter?: string | undefined;
  readonly cause?: TransportFailure | GlomopayResponseMalformedError | undefined;
}

/** From harmless to worst. The worst attempt of a write decides what the whole call says. */
const severity: readonly FailedVerdict['kind'][] = [
  'aborted',
  'held',
  'unsent',
  'throttled',
  'busy',
  'denied',
  'rejected',
  'duplicate',
  'unknown',
];

/** The worse of two attempts; the later one where they are alike. */
export function worse(before: FailedVerdict | undefined, now: FailedVerdict): FailedVerdict {
  return before !== undefined && severity.indexOf(before.kind) > severity.indexOf(now.kind)
    ? before
    : now;
}

/** The file to send was changed or removed; no further attempt can send it. */
export function isUnreadable(verdict: FailedVerdict): boolean {
  const failure = verdict.kind === 'unsent' ? verdict.failure : undefined;
  const cause = verdict.kind === 'unknown' ? verdict.cause : failure;
  return cause instanceof TransportFailure && cause.fault === 'unreadable';
}

const FOR_NOW: readonly FailedVerdict['kind'][] = ['unsent', 'throttled', 'busy'];

/** An abort while waiting outranks what was merely unsent or refused for now; nothing has happened. */
export function abortable(verdict: FailedVerdict): FailedVerdict {
  return FOR_NOW.includes(verdict.kind) ? { kind: 'aborted' } : verdict;
}
