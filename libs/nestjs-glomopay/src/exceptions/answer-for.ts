import { HttpStatus } from '@nestjs/common';
import { isGlomopayError, type AnyGlomopayError } from '../errors/any-glomopay.error.js';
import type { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import type { GlomopayViolation } from '../errors/validation.error.js';
import { texts } from './answer-texts.js';
import type { GlomopayErrorAnswer } from './error-answer.js';

/** When it makes sense to come again, in seconds. */
const SOON = 5;
const LATER = 30;

/** An answer, and after how many seconds to ask again. */
export interface ErrorAnswer {
  readonly body: GlomopayErrorAnswer;
  readonly retryAfterSeconds: number | undefined;
}

interface Choice {
  readonly status: HttpStatus;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

const phrases: Readonly<Partial<Record<HttpStatus, string>>> = {
  [HttpStatus.BAD_REQUEST]: 'Bad Request',
  [HttpStatus.UNAUTHORIZED]: 'Unauthorized',
  [HttpStatus.NOT_FOUND]: 'Not Found',
  [HttpStatus.CONFLICT]: 'Conflict',
  [HttpStatus.UNPROCESSABLE_ENTITY]: 'Unprocessable Entity',
  [HttpStatus.PAYLOAD_TOO_LARGE]: 'Payload Too Large',
  [HttpStatus.BAD_GATEWAY]: 'Bad Gateway',
  [HttpStatus.SERVICE_UNAVAILABLE]: 'Service Unavailable',
  [HttpStatus.GATEWAY_TIMEOUT]: 'Gateway Timeout',
};

/**
 * The HTTP answer to an error of the library. Decided by its `code` and fields, not by its class,
 * which may be that of another copy of the library.
 */
export function answerFor(error: AnyGlomopayError): ErrorAnswer {
  const { status, message, retryAfterSeconds } = choose(error);
  const requestId = 'requestId' in error ? error.requestId : undefined;
  const violations =
    error.code === 'GLOMOPAY_VALIDATION' ? error.violations.map(publicOf) : undefined;
  const fault = error.code === 'GLOMOPAY_NOT_RESOLVABLE' ? error.fault : undefined;
  return {
    body: {
      statusCode: status,
      error: phrases[status] ?? 'Internal Server Error',
      code: error.code,
      outcome: error.outcome,
      message,
      ...(requestId !== undefined && { requestId }),
      ...(fault !== undefined && { fault }),
      ...(violations !== undefined && { violations }),
    },
    retryAfterSeconds,
  };
}

function choose(error: AnyGlomopayError): Choice {
  switch (error.code) {
    case 'GLOMOPAY_VALIDATION':
      return { status: HttpStatus.UNPROCESSABLE_ENTITY, message: texts.validation };
    case 'GLOMOPAY_API':
      return refusal(error.status);
    case 'GLOMOPAY_UNREACHABLE':
      return unavailable(texts.notSent, SOON);
    case 'GLOMOPAY_OUTCOME_UNKNOWN':
      return unknown(error);
    case 'GLOMOPAY_RESPONSE_MALFORMED':
      return { status: HttpStatus.BAD_GATEWAY, message: texts.noAnswer };
    case 'GLOMOPAY_REQUEST_ID_CONFLICT':
      return { status: HttpStatus.CONFLICT, message: texts.differs };
    case 'GLOMOPAY_NOT_RESOLVABLE':
      return { status: HttpStatus.CONFLICT, message: texts.notResolvable };
    case 'GLOMOPAY_NOT_ERASABLE':
      return { status: HttpStatus.CONFLICT, message: texts.notErasable };
    case 'GLOMOPAY_SIGNATURE':
      return unsigned(error.reason);
    case 'GLOMOPAY_POLL_TIMEOUT':
      // Not 202: a client that looks at `ok` alone must not take a pending payment for a paid one.
      return {
        status: HttpStatus.GATEWAY_TIMEOUT,
        message: texts.pending,
        retryAfterSeconds: SOON,
      };
    case 'GLOMOPAY_ABORTED':
      return { status: HttpStatus.SERVICE_UNAVAILABLE, message: texts.aborted };
    case 'GLOMOPAY_ACCOUNT_UNAVAILABLE':
      return unavailable(texts.notSent, SOON);
    case 'GLOMOPAY_ACCOUNT_UNKNOWN':
      return { status: HttpStatus.NOT_FOUND, message: texts.noAccount };
    case 'GLOMOPAY_NOT_STORED':
      return unavailable(texts.notStored, SOON);
    default:
      return { status: HttpStatus.INTERNAL_SERVER_ERROR, message: texts.internal };
  }
}

/** The gateway said no, and why; of its 401 and 403 a client hears only that it does not work. */
function refusal(status: number): Choice {
  if (status === 401 || status === 403) {
    return { status: HttpStatus.BAD_GATEWAY, message: texts.unavailable };
  }
  if (status === 404) return { status: HttpStatus.NOT_FOUND, message: texts.notFound };
  if (status === 409) return { status: HttpStatus.CONFLICT, message: texts.conflict };
  if (status === 429) return unavailable(texts.busy, LATER);
  return status >= 500
    ? { status: HttpStatus.BAD_GATEWAY, message: texts.noAnswer }
    : { status: HttpStatus.UNPROCESSABLE_ENTITY, message: texts.refused };
}

/** A bad answer is 502, none at all 504. A read has changed nothing, whatever became of it. */
function unknown({ call, status, cause }: GlomopayOutcomeUnknownError): Choice {
  const isRead = call.startsWith('GET ');
  const answered = status !== undefined || isMalformed(cause);
  return {
    status: answered ? HttpStatus.BAD_GATEWAY : HttpStatus.GATEWAY_TIMEOUT,
    message: isRead ? texts.noAnswer : texts.unknown,
  };
}

function isMalformed(cause: unknown): boolean {
  return isGlomopayError(cause) && cause.code === 'GLOMOPAY_RESPONSE_MALFORMED';
}

function unsigned(reason: GlomopaySignatureFault): Choice {
  if (reason === 'mismatch') {
    return { status: HttpStatus.UNAUTHORIZED, message: texts.wrongSignature };
  }
  const status = reason === 'too_large' ? HttpStatus.PAYLOAD_TOO_LARGE : HttpStatus.BAD_REQUEST;
  return { status, message: texts.malformedSignature };
}

function unavailable(message: string, retryAfterSeconds: number): Choice {
  return { status: HttpStatus.SERVICE_UNAVAILABLE, message, retryAfterSeconds };
}

/** Taken over member by member: an error that another copy has made may carry more. */
function publicOf({ path, rule, message }: GlomopayViolation): GlomopayViolation {
  return { path, rule, message };
}
