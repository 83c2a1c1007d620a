import type { SandboxAccount } from '../account.js';
import type { Fields } from '../http/fields.js';
import { readRequestId } from '../http/request-id.js';
import type { Environment } from '../keys/secret-key.js';
import type { PaymentTerms } from './new-payment.js';
import { readCallbackUrl } from './read-callback-url.js';
import { behaviourOf, keptOfCard, readCard, refuseRepeatedNumber } from './read-card.js';

export const RESERVED_NOTES = [
  'id',
  'payin_id',
  'customer_id',
  'status',
  'merchant_id',
  'created_at',
];

/** Too short for the number of a card. */
const SPLIT_ID = /^psplit_[A-Za-z0-9]{1,12}$/;

/** What is paid: one of the two. */
export interface PaymentTarget {
  readonly orderId: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** A checked `POST /payments` body with a card, without its number and CVV. */
export interface PaymentRequest extends PaymentTerms, PaymentTarget {}

/** Reads and checks a card payment on an order, or the first one on a subscription. */
export function readNewPayment(
  fields: Fields,
  environment: Environment,
  { splits }: Pick<SandboxAccount, 'splits'>,
): PaymentRequest {
  const sentCard = readCard(fields.object('card'));
  fields.require('card');
  fields.require('method');
  fields.oneOf('method', ['card']);
  refuseSplits(fields, splits);
  const kept = {
    ...readTarget(fields, fields.has('subscription_id') ? 'subscription_id' : 'order_id'),
    callbackUrl: readCallbackUrl(fields),
    requestId: readRequestId(fields),
    notes: fields.notes('notes', RESERVED_NOTES),
  };
  fields.finish();
  refuseRepeatedNumber(sentCard, [kept, sentCard.holderName]);
  const behaviour = behaviourOf(sentCard, environment);
  return { ...kept, behaviour, card: keptOfCard(sentCard, behaviour) };
}

/** Reads what is paid. @param required which of the two must be there. */
export function readTarget(
  fields: Fields,
  required: 'order_id' | 'subscription_id',
): PaymentTarget {
  if (fields.has('order_id') && fields.has('subscription_id')) {
    // INFERRED text.
    fields.problem('Order id and subscription id cannot both be present');
  }
  fields.requiredText(required);
  return { orderId: fields.text('order_id'), subscriptionId: fields.text('subscription_id') };
}

/**
 * Refuses splits that there are not; they are made in the dashboard. The text names those that look like
 * the id of one, and no other text that came.
 *
 * @param known those that there are.
 */
export function refuseSplits(fields: Fields, known: readonly string[]): void {
  const unknown = (fields.texts('split_ids') ?? []).filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  const named = unknown.filter((id) => SPLIT_ID.test(id)).join(', ');
  const problem = 'Split ids are invalid or no longer point at a dynamic rule';
  fields.problem(named ? `${problem}: ${named}` : problem);
}
