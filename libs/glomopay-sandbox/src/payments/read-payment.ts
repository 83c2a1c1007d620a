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

/** Refuses a split that there is not; they are made in the dashboard. @param known those that there are. */
export function refuseSplits(fields: Fields, known: readonly string[]): void {
  if (fields.texts('split_ids')?.every((id) => known.includes(id)) ?? true) return;
  fields.problem('Split ids are invalid or no longer point at a dynamic rule');
}
