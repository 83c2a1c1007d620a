import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/** What a {@link GlomopayOutcomeUnknownError} tells about the call. */
export interface OutcomeUnknownDetails {
  /** Method and path template of the call. */
  readonly call: string;
  /** How often the request may have reached the gateway, or failed to. */
  readonly attempts: number;
  /** Why there is no usable answer, in words of ours. */
  readonly reason: string;
  /** What to do now. */
  readonly advice: string;
  /** HTTP status of the last answer, when there was one. */
  readonly status?: number | undefined;
  /** The `request_id` that was sent. */
  readonly requestId?: string | undefined;
}

/**
 * The request was sent and no usable answer came back: the gateway may or may not have acted.
 *
 * Never treat it as a failed payment. Look the object up (by {@link requestId} when there is one)
 * before making the same request again; with the same `requestId` calling again is safe.
 */
@Named('GlomopayOutcomeUnknownError')
export class GlomopayOutcomeUnknownError extends GlomopayError {
  override readonly code = 'GLOMOPAY_OUTCOME_UNKNOWN';
  override readonly outcome = 'unknown';
  readonly call: string;
  readonly attempts: number;
  readonly reason: string;
  /** What to do now, in a sentence or two. */
  readonly advice: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(details: OutcomeUnknownDetails, options?: ErrorOptions) {
    super(
      `The outcome of ${details.call} is unknown: ${details.reason}. ${details.advice}`,
      options,
    );
    this.call = details.call;
    this.attempts = details.attempts;
    this.reason = details.reason;
    this.advice = details.advice;
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
