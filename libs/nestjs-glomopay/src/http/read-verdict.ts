import { isUtf8 } from 'node:buffer';
import type { GlomopayApiErrorDetails } from '../errors/api.error.js';
import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import type { ExchangeAnswer } from './exchange.js';
import { operationName, type Operation } from './operation.js';
import { callKind } from './retry-policy.js';
import { scrub, scrubEcho, type CallSecret } from '../logging/scrub.js';
import { TransportFailure } from './transport-failure.js';
import { harmlessJson } from '../wire/harmless-json.js';
import type { UnknownVerdict, Verdict } from './verdict.js';

/** Answered before the object is looked at, so they say the same whether it is there or not. */
const DENIALS: readonly number[] = [401, 403, 404];

/** What is needed to judge an attempt. */
export interface JudgedCall<T> {
  readonly operation: Operation;
  readonly requestId: string | undefined;
  readonly decode: (body: unknown) => T;
  /** This call's own secrets, to be removed from anything the gateway sends back. */
  readonly secrets: readonly CallSecret[];
}

/** What an answer means. Never throws: what cannot be read is unknown. */
export function verdictOfAnswer<T>(call: JudgedCall<T>, answer: ExchangeAnswer): Verdict<T> {
  const { status } = answer;
  if (status >= 200 && status < 300) return readSuccess(call, answer);
  const { message, ...details } = apiErrorDetails(call, answer);
  if (status < 400)
    return unknown(`the answer was ${status}, and redirects are not followed`, { details });
  const { retryAfter } = answer;
  if (status === 429) return { kind: 'throttled', details, retryAfter };
  if (isBusy(call, status, message)) return { kind: 'busy', details, retryAfter };
  if (isDuplicate(call, status, message)) return { kind: 'duplicate' };
  if (status === call.operation.objectOn) {
    const object = readSuccess(call, answer);
    if (object.kind === 'answered') return object;
  }
  if (status >= 500 || status === 408 || status === 425) {
    return unknown(`the gateway answered ${status}`, { details, retryAfter });
  }
  return { kind: DENIALS.includes(status) ? 'denied' : 'rejected', details, retryAfter: undefined };
}

/** What a missing answer means. */
export function verdictOfFailure<T>(failure: unknown): Verdict<T> {
  if (!(failure instanceof TransportFailure))
    return unknown('the request failed inside this process');
  if (failure.unsent)
    return failure.fault === 'aborted' ? { kind: 'aborted' } : { kind: 'unsent', failure };
  const reasons = {
    connection: 'the connection broke before an answer came',
    timeout: 'no complete answer came in time',
    aborted: 'the caller aborted the call',
    too_large: 'the answer was larger than 2 MiB',
    unreadable: 'the file was changed or removed while it was sent',
  };
  return unknown(reasons[failure.fault], { cause: failure, aborted: failure.fault === 'aborted' });
}

function unknown(reason: string, rest: Partial<UnknownVerdict> = {}): UnknownVerdict {
  return { aborted: false, ...rest, kind: 'unknown', reason };
}

function readSuccess<T>(call: JudgedCall<T>, answer: ExchangeAnswer): Verdict<T> {
  try {
    const { body } = answer;
    const json = body.length === 0 ? undefined : readJson(body, call.secrets);
    return { kind: 'answered', value: call.decode(json) };
  } catch (thrown) {
    const cause =
      thrown instanceof GlomopayResponseMalformedError
        ? thrown
        : new GlomopayResponseMalformedError('body', 'readable');
    return unknown('the answer was not in the documented shape', { cause });
  }
}

/** Bytes to JSON without members that poison a prototype. The parser's own message is dropped: it quotes the body. */
function readJson(body: Buffer, secrets: readonly CallSecret[]): unknown {
  if (!isUtf8(body)) throw new GlomopayResponseMalformedError('body', 'UTF-8');
  const text = body.toString('utf8');
  try {
    return scrubEcho(harmlessJson(text), text, secrets);
  } catch {
    throw new GlomopayResponseMalformedError('body', 'JSON');
  }
}

/**
 * The gateway's error body: flat, nested as an older page shows, or absent (docs/gateway.md, Errors).
 * Beside it the message as it was sent, which is compared and never shown.
 */
function apiErrorDetails<T>(
  call: JudgedCall<T>,
  answer: ExchangeAnswer,
): GlomopayApiErrorDetails & { readonly message: unknown } {
  let body: unknown;
  try {
    body = readJson(answer.body, []);
  } catch {
    body = undefined;
  }
  const error = member(body, 'error');
  const message = [member(body, 'message'), member(error, 'message'), error].find(
    (candidate) => typeof candidate === 'string' && candidate !== '',
  );
  const code = [member(body, 'code'), member(error, 'code')].find(
    (candidate) => typeof candidate === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(candidate),
  );
  return {
    call: operationName(call.operation),
    status: answer.status,
    gatewayCode: typeof code === 'string' ? scrub(code, call.secrets) : undefined,
    gatewayMessage: typeof message === 'string' ? scrub(message, call.secrets) : undefined,
    requestId: call.requestId,
    message,
  };
}

function member(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? Reflect.get(body, name)
    : undefined;
}

/** What the gateway says when two creates of the same are under way at once, whatever is created. */
const RACE = [409, 'Record already exists'] as const;

/** Status and the whole text: a message that merely mentions "already exists" is a refusal. */
function isDuplicate<T>(call: JudgedCall<T>, status: number, message: unknown): boolean {
  const { operation, requestId } = call;
  if (operation.duplicate === undefined || callKind(operation, requestId) !== 'guarded')
    return false;
  return [operation.duplicate, RACE].some(
    ([itsStatus, itsMessage]) =>
      status === itsStatus && (itsMessage === undefined || message === itsMessage),
  );
}

/** The whole text here too: of another 409 nobody has said that nothing happened. */
function isBusy<T>({ operation }: JudgedCall<T>, status: number, message: unknown): boolean {
  return operation.busy !== undefined && status === 409 && message === operation.busy;
}
