import type { Clock } from '../config/clock.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import { instantMs } from '../values/calendar.js';
import { everyItem, type Page } from '../wire/page.js';
import { PERHAPS_WINDOW_MS } from './create-once.js';
import type { GatewayCall, SendResult } from './gateway-call.js';
import { listedOr, lookUntil, type GatewayObject } from './look-up.js';
import type { RequestOptions } from './request-options.js';
import { since } from './since.js';

/**
 * A create that the gateway would carry out twice, so that it is never sent twice, and how to find what
 * it may have made: by the `customer_id` and `reference_number` of its body.
 */
export interface ReferencedCreate<T, F extends GatewayObject> {
  readonly call: GatewayCall<T>;
  /** Lists what was made since a time (ISO 8601, UTC) for the same customer: `?customer_id=&after=`, 100 a page. */
  readonly lookUp: (after: string, options: RequestOptions) => Promise<Page<F>>;
  /** Whether a listed object of the same customer and reference has the amount and the currency that were asked for. */
  readonly isAlike: (found: F) => boolean;
  /** The found object in the shape of the create's answer. */
  readonly replay: (found: F) => T;
}

/**
 * What a create has made. Where its answer got lost, the one object of the same customer and reference
 * that was made since is given back: the filters of a list are believed only where the object says the same. None, several, or more than a page shows: nobody knows, and nothing is chosen.
 */
export async function createdByReference<T, F extends GatewayObject>(
  { call, lookUp, isAlike, replay }: ReferencedCreate<T, F>,
  result: SendResult<T>,
  clock: Clock,
): Promise<T> {
  if (result.kind === 'answered') return result.value;
  const { failure, deadline, startedAt } = result;
  const customer: unknown = Reflect.get(call.body ?? {}, 'customer_id');
  const reference: unknown = Reflect.get(call.body ?? {}, 'reference_number');
  if (!(failure instanceof GlomopayOutcomeUnknownError) || typeof reference !== 'string') {
    throw failure;
  }
  const after = since(startedAt);
  const found = await lookUntil(
    {
      clock,
      windowMs: Math.min(PERHAPS_WINDOW_MS, deadline.left()),
      signal: call.options?.signal,
    },
    async (look) => {
      const listed = await listedOr(undefined, async () => wholeList(await lookUp(after, look)));
      const alike = listed?.filter(
        (each) =>
          each.raw['customer_id'] === customer &&
          each.raw['reference_number'] === reference &&
          !isOlder(each, after) &&
          isAlike(each),
      );
      if (alike !== undefined && alike.length > 1) throw failure;
      return alike?.[0];
    },
  );
  if (found === undefined) throw failure;
  return replay(found);
}

/** An earlier call has made what says of itself that it is older; not every object says when it was made. */
function isOlder({ raw }: GatewayObject, after: string): boolean {
  const [made, from] = [instantMs(raw['created_at']), instantMs(after)];
  return made !== undefined && from !== undefined && made < from;
}

/** Everything that was made since, or undefined where a page does not show it all. */
function wholeList<F>(page: Page<F>): readonly F[] | undefined {
  return page.next === null ? everyItem(page) : undefined;
}
