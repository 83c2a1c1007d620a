import type { Clock } from '../config/clock.js';
import { GlomopayApiError } from '../errors/api.error.js';
import { GlomopayError } from '../errors/glomopay.error.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import { GlomopayRequestIdConflictError } from '../errors/request-id-conflict.error.js';
import { sought, type Page } from '../wire/page.js';
import { isUnder } from '../wire/request-id.js';
import type { FailedResult, GatewayCall, SendResult } from './gateway-call.js';
import { listedOr, lookUntil, type GatewayObject } from './look-up.js';
import { operationName } from './operation.js';
import type { RequestOptions } from './request-options.js';

/** How long an object may take to appear in the list after the gateway said that it exists. */
const CERTAIN_WINDOW_MS = 10_000;
/** How long to look for an object that may not exist. Its absence proves nothing either way. */
export const PERHAPS_WINDOW_MS = 2_000;

interface FoundAgain<T, F extends GatewayObject> {
  readonly call: GatewayCall<T>;
  /** The members in which a found object differs from the one asked for. */
  readonly differing: (found: F) => readonly string[];
  /** The found object in the shape of the create's answer. */
  readonly replay: (found: F) => T;
}

/** A create that the gateway guards with `request_id`, and how to find what it has made. */
export interface GuardedCreate<T, F extends GatewayObject> extends FoundAgain<T, F> {
  /** Lists the objects under the `request_id`: one page, by that filter. */
  readonly lookUp: (requestId: string, options: RequestOptions) => Promise<Page<F>>;
}

/** A create that the gateway guards by what the object is, and how to find what is there already. */
export interface NaturalCreate<T, F extends GatewayObject> extends FoundAgain<T, F> {
  /** Lists the objects that the gateway would take for the same one. It may allow one of them at most. */
  readonly lookUp: (options: RequestOptions) => Promise<readonly F[]>;
}

/** A create under a `request_id` as one that is found by its look-up alone. */
export function underRequestId<T, F extends GatewayObject>(
  create: GuardedCreate<T, F>,
): NaturalCreate<T, F> {
  // Taken out, so that the function below, which the stack of an error may keep, does not hold the call.
  const { call, lookUp, differing, replay } = create;
  return { call, lookUp: lookUnder(call.requestId, lookUp), differing, replay };
}

function lookUnder<F extends GatewayObject>(
  requestId: string | undefined,
  lookUp: GuardedCreate<unknown, F>['lookUp'],
): NaturalCreate<unknown, F>['lookUp'] {
  return async (options) => {
    if (requestId === undefined) return [];
    return sought(await lookUp(requestId, options), ({ raw }) => isUnder(requestId, raw));
  };
}

/**
 * What a guarded create has made. Where its answer got lost, or another process was first, the object
 * is looked up, compared with the request, and returned. A refusal is passed on only when one look has
 * found nothing.
 */
export async function createdOnce<T, F extends GatewayObject>(
  create: NaturalCreate<T, F>,
  result: SendResult<T>,
  clock: Clock,
): Promise<T> {
  if (result.kind === 'answered') return result.value;
  if (result.lookUp === 'no') throw result.failure;
  const found =
    result.lookUp === 'unlikely'
      ? await findDespite(create, result)
      : await findCreated(clock, create, result);
  if (found === undefined) throw result.failure;
  const differing = create.differing(found);
  if (differing.length > 0) {
    const { operation, requestId } = create.call;
    throw new GlomopayRequestIdConflictError(
      operationName(operation),
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
  { lookUp, call }: NaturalCreate<T, F>,
  { lookUp: likelihood, deadline }: FailedResult,
): Promise<F | undefined> {
  const window = likelihood === 'certainly' ? CERTAIN_WINDOW_MS : PERHAPS_WINDOW_MS;
  return lookUntil(
    { clock, windowMs: Math.min(window, deadline.left()), signal: call.options?.signal },
    async (look) => theOne(call, await listedOr<readonly F[]>([], () => lookUp(look))),
  );
}

/**
 * Looks once for an object that an earlier call may have made before this one was refused. Nothing
 * there: the refusal holds. Where we cannot tell, the outcome is unknown, and the refusal its cause.
 */
async function findDespite<T, F extends GatewayObject>(
  { lookUp, call }: NaturalCreate<T, F>,
  { failure, deadline }: FailedResult,
): Promise<F | undefined> {
  const deadlineMs = Math.max(1, Math.min(CERTAIN_WINDOW_MS, deadline.left()));
  const listed = await lookUp({ signal: call.options?.signal, deadlineMs }).catch(
    (thrown: unknown) => {
      throw thrown instanceof GlomopayError ? unseen(call, failure) : thrown;
    },
  );
  return theOne(call, listed);
}

/** The listed object, if there is one. */
function theOne<F extends GatewayObject>(
  call: GatewayCall<unknown>,
  [found, another]: readonly F[],
): F | undefined {
  if (another !== undefined) throw ambiguous(call);
  return found;
}

/** Refused, and whether an earlier call had succeeded could not be seen. */
function unseen(
  { operation, requestId }: GatewayCall<unknown>,
  refusal: GlomopayError,
): GlomopayOutcomeUnknownError {
  const earlier =
    requestId === undefined ? 'an earlier call' : 'an earlier call with this request_id';
  return new GlomopayOutcomeUnknownError(
    {
      call: operationName(operation),
      attempts: 1,
      reason: `the gateway refused it, and whether ${earlier} had succeeded could not be looked up`,
      advice:
        requestId === undefined
          ? 'Call again, or list, to find out.'
          : 'Call again with the same requestId, or list by it, to find out.',
      status: refusal instanceof GlomopayApiError ? refusal.status : undefined,
      requestId,
    },
    { cause: refusal },
  );
}

/** Two of what can be there once; choosing one could show the wrong payment as paid. */
function ambiguous({ operation, requestId }: GatewayCall<unknown>): GlomopayOutcomeUnknownError {
  const what = requestId === undefined ? 'that it allows once' : 'under one request_id';
  return new GlomopayOutcomeUnknownError({
    call: operationName(operation),
    attempts: 1,
    reason: `the gateway lists several objects ${what}`,
    advice: 'Neither is chosen; ask the gateway.',
    requestId,
  });
}
