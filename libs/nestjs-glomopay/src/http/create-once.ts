import type { Clock } from '../config/clock.js';
import { GlomopayApiError } from '../errors/api.error.js';
import { GlomopayError } from '../errors/glomopay.error.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import { GlomopayRequestIdConflictError } from '../errors/request-id-conflict.error.js';
import { isUnder } from '../wire/request-id.js';
import type { FailedResult, GatewayCall, SendResult } from './gateway-call.js';
import { operationName } from './operation.js';
import type { RequestOptions } from './request-options.js';

/** How long an object may take to appear in the list after the gateway said that it exists. */
const CERTAIN_WINDOW_MS = 10_000;
/** How long to look for an object that may not exist. Its absence proves nothing either way. */
const PERHAPS_WINDOW_MS = 2_000;
const FIRST_PAUSE_MS = 200;

/** What a look-up finds. */
export interface GatewayObject {
  readonly id: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A create that the gateway guards with `request_id`, and how to find what it has made. */
export interface GuardedCreate<T, F extends GatewayObject> {
  readonly call: GatewayCall<T>;
  /** Lists the objects under the `request_id`. */
  readonly lookUp: (requestId: string, options: RequestOptions) => Promise<readonly F[]>;
  /** The members in which a found object differs from the one asked for. */
  readonly differing: (found: F) => readonly string[];
  /** The found object in the shape of the create's answer. */
  readonly replay: (found: F) => T;
}

/**
 * What a guarded create has made. Where its answer got lost, or another process was first, the object
 * is looked up, compared with the request, and returned. A refusal is passed on only when one look has
 * found nothing under the `request_id`.
 */
export async function createdOnce<T, F extends GatewayObject>(
  create: GuardedCreate<T, F>,
  result: SendResult<T>,
  clock: Clock,
): Promise<T> {
  if (result.kind === 'answered') return result.value;
  const { requestId } = create.call;
  if (result.lookUp === 'no' || requestId === undefined) throw result.failure;
  const found =
    result.lookUp === 'unlikely'
      ? await findDespite(create, requestId, result)
      : await findCreated(clock, create, requestId, result);
  const differing = create.differing(found);
  if (differing.length > 0) {
    throw new GlomopayRequestIdConflictError(
      operationName(create.call.operation),
      requestId,
      found.id,
      differing,
    );
  }
  return create.replay(found);
}

/** Looks until the object is listed or the window is over; then the create's own failure is the answer. */
async function findCreated<T, F extends GatewayObject>(
  clock: Clock,
  { lookUp, call }: GuardedCreate<T, F>,
  requestId: string,
  { failure, lookUp: likelihood, deadline }: FailedResult,
): Promise<F> {
  const signal = call.options?.signal;
  const window = likelihood === 'certainly' ? CERTAIN_WINDOW_MS : PERHAPS_WINDOW_MS;
  const end = clock.now() + Math.min(window, deadline.left());
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    const deadlineMs = Math.max(1, end - clock.now());
    const listed = await lookUp(requestId, { signal, deadlineMs }).catch((thrown: unknown) => {
      if (thrown instanceof GlomopayError) return [];
      throw thrown;
    });
    const found = theOne(call, requestId, listed);
    if (found !== undefined) return found;
    if (clock.now() + pause >= end) throw failure;
    await clock.sleep(pause, signal).catch(() => {
      throw failure;
    });
  }
}

/**
 * Looks once for an object that an earlier call may have made before this one was refused. Nothing
 * there: the refusal holds. Where we cannot tell, the outcome is unknown, and the refusal its cause.
 */
async function findDespite<T, F extends GatewayObject>(
  { lookUp, call }: GuardedCreate<T, F>,
  requestId: string,
  { failure, deadline }: FailedResult,
): Promise<F> {
  const deadlineMs = Math.max(1, Math.min(CERTAIN_WINDOW_MS, deadline.left()));
  const signal = call.options?.signal;
  const listed = await lookUp(requestId, { signal, deadlineMs }).catch((thrown: unknown) => {
    throw thrown instanceof GlomopayError ? unseen(call, requestId, failure) : thrown;
  });
  const found = theOne(call, requestId, listed);
  if (found === undefined) throw failure;
  return found;
}

/** The listed object of a `request_id`, if there is one. */
function theOne<F extends GatewayObject>(
  call: GatewayCall<unknown>,
  requestId: string,
  listed: readonly F[],
): F | undefined {
  const [found, another] = listed.filter(({ raw }) => isUnder(requestId, raw));
  if (another !== undefined) throw ambiguous(call, requestId);
  return found;
}

/** Refused, and whether an earlier call had succeeded could not be seen. */
function unseen(
  { operation }: GatewayCall<unknown>,
  requestId: string,
  refusal: GlomopayError,
): GlomopayOutcomeUnknownError {
  return new GlomopayOutcomeUnknownError(
    {
      call: operationName(operation),
      attempts: 1,
      reason:
        'the gateway refused it, and whether an earlier call with this request_id had succeeded could not be looked up',
      advice: 'Call again with the same requestId, or list by it, to find out.',
      status: refusal instanceof GlomopayApiError ? refusal.status : undefined,
      requestId,
    },
    { cause: refusal },
  );
}

/** Two objects under one `request_id` cannot be; choosing one could show the wrong payment as paid. */
function ambiguous(call: GatewayCall<unknown>, requestId: string): GlomopayOutcomeUnknownError {
  return new GlomopayOutcomeUnknownError({
    call: operationName(call.operation),
    attempts: 1,
    reason: 'the gateway lists several objects under one request_id',
    advice: 'Neither is chosen; ask the gateway.',
    requestId,
  });
}
