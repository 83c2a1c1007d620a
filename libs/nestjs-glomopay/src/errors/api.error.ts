import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/** What an {@link GlomopayApiError} tells about the answer. */
export interface GlomopayApiErrorDetails {
  /** Method and path template of the call, such as `GET /api/v1/orders/{id}`. */
  readonly call: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** The gateway's own machine code, when it sent one (such as `INSUFFICIENT_BALANCE`). */
  readonly gatewayCode?: string | undefined;
  /** The gateway's own text: scrubbed, at most 512 characters. */
  readonly gatewayMessage?: string | undefined;
  /** The `request_id` that was sent. */
  readonly requestId?: string | undefined;
}

/**
 * The gateway refused the request; nothing was created or charged.
 *
 * Repeating the same call gets the same answer, except for 429, for a record that another request
 * holds (409), and, on reads, for 5xx.
 */
@Named('GlomopayApiError')
export class GlomopayApiError extends GlomopayError {
  override readonly code = 'GLOMOPAY_API';
  override readonly outcome = 'rejected';
  readonly call: string;
  readonly status: number;
  readonly gatewayCode: string | undefined;
  readonly gatewayMessage: string | undefined;
  readonly requestId: string | undefined;

  constructor(details: GlomopayApiErrorDetails, advice = 'Nothing was done; correct the request.') {
    const text = details.gatewayMessage === undefined ? '' : ` "${details.gatewayMessage}"`;
    super(`The gateway answered ${details.status}${text} to ${details.call}. ${advice}`);
    this.call = details.call;
    this.status = details.status;
    this.gatewayCode = details.gatewayCode;
    this.gatewayMessage = details.gatewayMessage;
    this.requestId = details.requestId;
  }
}

/** 401: the key is missing, wrong, expired, or a publishable one. Check `secretKey`. */
@Named('GlomopayAuthenticationError')
export class GlomopayAuthenticationError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'The secret key was not accepted; check it and its expiry.');
  }
}

/** 403: this address is not on the account's allow list, or the feature is not enabled. */
@Named('GlomopayPermissionError')
export class GlomopayPermissionError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'The account may not do this from here; ask the operator of the account.');
  }
}

/** 404: unknown id, or one of another merchant or environment. */
@Named('GlomopayNotFoundError')
export class GlomopayNotFoundError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'The id is unknown to this account in this environment.');
  }
}

/** 409: the record exists already, or another request holds it. */
@Named('GlomopayConflictError')
export class GlomopayConflictError extends GlomopayApiError {
  constructor(
    details: GlomopayApiErrorDetails,
    advice = 'The record is in another state than the call needs; fetch it.',
  ) {
    super(details, advice);
  }
}

/** 422: understood, but the business outcome was a refusal. */
@Named('GlomopayUnprocessableError')
export class GlomopayUnprocessableError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'The request was understood and refused.');
  }
}

/** 429: the account's or address's rate limit. Wait, then the same call may be made again. */
@Named('GlomopayRateLimitError')
export class GlomopayRateLimitError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'Too many requests; nothing was done, call again later.');
  }
}

/** 5xx to a read. Nothing can have changed; the same call may be made again. */
@Named('GlomopayServerError')
export class GlomopayServerError extends GlomopayApiError {
  constructor(details: GlomopayApiErrorDetails) {
    super(details, 'The gateway is in trouble; a read changes nothing, call again later.');
  }
}

/** The error class for a refused call, by its HTTP status. */
export function apiErrorFor(details: GlomopayApiErrorDetails): GlomopayApiError {
  switch (details.status) {
    case 401:
      return new GlomopayAuthenticationError(details);
    case 403:
      return new GlomopayPermissionError(details);
    case 404:
      return new GlomopayNotFoundError(details);
    case 409:
      return new GlomopayConflictError(details);
    case 422:
      return new GlomopayUnprocessableError(details);
    case 429:
      return new GlomopayRateLimitError(details);
    default:
      return details.status >= 500
        ? new GlomopayServerError(details)
        : new GlomopayApiError(details);
  }
}
