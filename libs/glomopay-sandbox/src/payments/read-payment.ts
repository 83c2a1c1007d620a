import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { readRequestId } from '../http/request-id.js';
import type { Environment } from '../keys/secret-key.js';
import { readCallbackUrl } from './read-callback-url.js';
import type { CardDetails } from './payment.js';
import { behaviourOf, keptOfCard, readCard, refuseRepeatedNumber } from './read-card.js';
import type { CardBehaviour } from './test-cards.js';

const RESERVED_NOTES = ['id', 'payin_id', 'customer_id', 'status', 'merchant_id', 'created_at'];

/** A checked `POST /payments` body, without the card's number and CVV. */
export interface PaymentRequest {
  readonly orderId: string;
  readonly callbackUrl: string;
  readonly requestId: string | null;
  readonly notes: Readonly<Record<string, string>> | null;
  readonly card: CardDetails;
  readonly behaviour: CardBehaviour;
}

/** Reads and checks a card payment on an order. */
export function readNewPayment(fields: Fields, environment: Environment): PaymentRequest {
  refuseSubscription(fields);
  const sentCard = readCard(fields.object('card'));
  if (!fields.has('card')) fields.problem("Card can't be blank");
  if (!fields.has('method')) fields.problem("Method can't be blank");
  fields.oneOf('method', ['card']);
  const kept = {
    orderId: fields.requiredText('order_id'),
    callbackUrl: readCallbackUrl(fields),
    requestId: readRequestId(fields),
    notes: fields.notes('notes', RESERVED_NOTES),
  };
  fields.finish();
  refuseRepeatedNumber(sentCard, [kept, sentCard.holderName]);
  const behaviour = behaviourOf(sentCard, environment);
  return { ...kept, behaviour, card: keptOfCard(sentCard, behaviour) };
}

/** No subscription exists here, so each one named is an unknown one. */
function refuseSubscription(fields: Fields): void {
  if (!fields.has('subscription_id')) return;
  if (!fields.has('order_id')) throw GatewayError.notFound('Subscription');
  // INFERRED text.
  throw GatewayError.validation(['Order id and subscription id cannot both be present']);
}
