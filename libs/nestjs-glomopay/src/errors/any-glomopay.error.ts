import type { GlomopayAbortedError } from './aborted.error.js';
import type { GlomopayAccountUnavailableError } from './account-unavailable.error.js';
import type { GlomopayAccountUnknownError } from './account-unknown.error.js';
import type { GlomopayApiError } from './api.error.js';
import type { GlomopayConfigurationError } from './configuration.error.js';
import { BRAND } from './glomopay.error.js';
import type { GlomopayNotErasableError } from './not-erasable.error.js';
import type { GlomopayNotResolvableError } from './not-resolvable.error.js';
import type { GlomopayNotStoredError } from './not-stored.error.js';
import type { GlomopayOutcomeUnknownError } from './outcome-unknown.error.js';
import type { GlomopayPollTimeoutError } from './poll-timeout.error.js';
import type { GlomopayRequestIdConflictError } from './request-id-conflict.error.js';
import type { GlomopayResponseMalformedError } from './response-malformed.error.js';
import type { GlomopaySignatureError } from './signature.error.js';
import type { GlomopayUnreachableError } from './unreachable.error.js';
import type { GlomopayValidationError } from './validation.error.js';

/**
 * Every error of this library. A `switch` over its `code` narrows it to the class, and so to its
 * fields; `GLOMOPAY_API` stands for all refusals, which their `status` tells apart.
 */
export type AnyGlomopayError =
  | GlomopayAbortedError
  | GlomopayAccountUnavailableError
  | GlomopayAccountUnknownError
  | GlomopayApiError
  | GlomopayConfigurationError
  | GlomopayNotErasableError
  | GlomopayNotResolvableError
  | GlomopayNotStoredError
  | GlomopayOutcomeUnknownError
  | GlomopayPollTimeoutError
  | GlomopayRequestIdConflictError
  | GlomopayResponseMalformedError
  | GlomopaySignatureError
  | GlomopayUnreachableError
  | GlomopayValidationError;

/**
 * Tells whether a value is an error of this library, also when it came from another copy of it
 * (a second installed version, or the other module format).
 *
 * @example
 * if (isGlomopayError(thrown)) {
 *   switch (thrown.code) {
 *     case 'GLOMOPAY_VALIDATION':
 *       return thrown.violations;
 *     case 'GLOMOPAY_API':
 *       return thrown.gatewayCode;
 *   }
 * }
 */
export function isGlomopayError(value: unknown): value is AnyGlomopayError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
