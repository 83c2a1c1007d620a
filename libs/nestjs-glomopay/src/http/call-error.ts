import { GlomopayAbortedError } from '../errors/aborted.error.js';
import { apiErrorFor, GlomopayConflictError } from '../errors/api.error.js';
import type { GlomopayError } from '../errors/glomopay.error.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { GlomopayUnreachableError } from '../errors/unreachable.error.js';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { operationName, type Operation } from './operation.js';
import type { CallKind } from './retry-policy.js';
import { since } from './since.js';
import type { TransportFailure } from './transport-failure.js';
import { isUnreadable, type FailedVerdict, type UnknownVerdict } from './verdict.js';

/** The call that failed, as far as an error may know it. */
export interface FailedCall {
  readonly operation: Operation;
  readonly kind: CallKind;
  readonly requestId: string | undefined;
  readonly attempts: number;
  /** In milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** The error that tells a caller what has happened at the gateway. */
export function callError(call: FailedCall, verdict: FailedVerdict): GlomopayError {
  const name = operationName(call.operation);
  switch (verdict.kind) {
    case 'aborted':
      return new GlomopayAbortedError(name);
    case 'held':
      return new GlomopayUnreachableError(name, call.attempts, 'rate_limit');
    case 'unsent':
      if (isUnreadable(verdict)) return unreadableError();
      return new GlomopayUnreachableError(
        name,
        call.attempts,
        'no_connection',
        causeOf(verdict.failure),
      );
    case 'busy':
      return new GlomopayConflictError(
        verdict.details,
        'Another request holds the record; nothing was done, call again later.',
      );
    case 'throttled':
    case 'rejected':
    case 'denied':
      return apiErrorFor(verdict.details);
    case 'duplicate':
      return unknownError(call, {
        reason:
          call.requestId === undefined
            ? 'the gateway has the object already, and it could not be found'
            : 'the gateway has an object under this request_id, which could not be fetched',
      });
    case 'unknown':
      return call.operation.method === 'GET'
        ? readError(call, verdict)
        : unknownError(call, verdict);
  }
}

/** The file was there when the call began. */
function unreadableError(): GlomopayValidationError {
  return new GlomopayValidationError('upload', [
    { path: 'file', rule: 'isReadable', message: 'was changed or removed; open it again' },
  ]);
}

/** A read that failed has changed nothing, so the plainest error says it best. */
function readError(call: FailedCall, verdict: UnknownVerdict): GlomopayError {
  if (verdict.aborted) return new GlomopayAbortedError(operationName(call.operation));
  if (verdict.details !== undefined && verdict.details.status >= 400)
    return apiErrorFor(verdict.details);
  if (verdict.cause instanceof GlomopayResponseMalformedError) return verdict.cause;
  return unknownError(call, verdict);
}

function unknownError(
  call: FailedCall,
  verdict: Pick<UnknownVerdict, 'reason' | 'details' | 'cause'>,
): GlomopayOutcomeUnknownError {
  return new GlomopayOutcomeUnknownError(
    {
      call: operationName(call.operation),
      attempts: call.attempts,
      reason: verdict.reason,
      advice: adviceFor(call),
      status: verdict.details?.status,
      requestId: call.requestId,
    },
    causeOf(verdict.cause),
  );
}

/** What to do now: what the operation says of itself, or else what holds for every call like it. */
function adviceFor({ operation, kind, requestId, startedAt }: FailedCall): string {
  if (operation.advice !== undefined) {
    return operation.advice.replaceAll('{since}', since(startedAt));
  }
  switch (kind) {
    case 'harmless':
      return operation.method === 'GET'
        ? 'A read changes nothing; it is safe to call again.'
        : 'A second one does no harm; it is safe to call again.';
    case 'guarded':
      return requestId === undefined
        ? 'Call again, or list, to find out: the gateway does not make a second one.'
        : 'Do not start over with a new requestId: call again with the same one, or list by it, to find out.';
    case 'converging':
      return 'Fetch the object to find out; making the same change again ends in the same state.';
    case 'repeating':
      return 'It was not sent again, because the gateway would not recognise it. Find out at the gateway before repeating it.';
  }
}

/** What the system said; the internal failure around it stays inside. */
function causeOf(
  failure: TransportFailure | GlomopayResponseMalformedError | undefined,
): ErrorOptions {
  const cause = failure instanceof GlomopayResponseMalformedError ? failure : failure?.cause;
  return cause === undefined ? {} : { cause };
}
