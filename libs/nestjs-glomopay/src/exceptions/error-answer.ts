import type { GlomopayViolation } from '../errors/validation.error.js';
import type { GlomopayResolutionFault } from '../errors/not-resolvable.error.js';
import type { GlomopayErrorCode, GlomopayOutcome } from '../errors/glomopay.error.js';

/** The body of an answer to a failed request. Fixed texts; no value of the request, no gateway's word. */
export interface GlomopayErrorAnswer {
  readonly statusCode: number;
  /** The phrase of the status, such as `Bad Gateway`. */
  readonly error: string;
  readonly code: GlomopayErrorCode;
  /** Did anything happen at the gateway? */
  readonly outcome: GlomopayOutcome;
  readonly message: string;
  /** The `requestId` of the failed call, to find out or to call again with. */
  readonly requestId?: string;
  /** Of a record that was not closed: why. */
  readonly fault?: GlomopayResolutionFault;
  /** Of a validation: paths and rules, never values. */
  readonly violations?: readonly GlomopayViolation[];
}
