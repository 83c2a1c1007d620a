import { assertDuration } from '../values/assert-duration.js';

/** What a single call may set for itself, as its last argument. */
export interface RequestOptions {
  /** Ends the call. A write that was already sent ends with an unknown outcome. */
  readonly signal?: AbortSignal | undefined;
  /** Longest duration of one attempt, in milliseconds. @defaultValue the module's `timeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Longest duration of the call with its retries, in milliseconds. @defaultValue the module's `deadlineMs` */
  readonly deadlineMs?: number | undefined;
}

const MINUTE_MS = 60_000;

/** @throws {GlomopayValidationError} a duration is out of the range that the module's options have. */
export function assertRequestOptions(options: RequestOptions | undefined): void {
  assertDuration('request', 'timeoutMs', options?.timeoutMs, [1, 10 * MINUTE_MS]);
  assertDuration('request', 'deadlineMs', options?.deadlineMs, [1, 60 * MINUTE_MS]);
}
