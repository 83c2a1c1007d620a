import type { SandboxAccount } from '../account.js';
import type { Fields } from '../http/fields.js';
import { readRequestId } from '../http/request-id.js';
import { readAmount } from '../money/read-money.js';
import { readCallbackUrl } from './read-callback-url.js';
import { readCard, refuseRepeatedNumber } from './read-card.js';
import { readTarget, RESERVED_NOTES, refuseSplits } from './read-payment.js';

/** A checked `POST /payments` body of a further charge of a subscription. */
export interface ChargeRequest {
  readonly subscriptionId: string;
  readonly amount: number;
  readonly currency: string;
  readonly requestId: string | null;
  readonly notes: Readonly<Record<string, string>> | null;
}

/** Reads and checks a charge. A card may come along, and is not used: the first one is charged. */
export function readCharge(
  fields: Fields,
  { splits }: Pick<SandboxAccount, 'splits'>,
): ChargeRequest {
  fields.oneOf('sequence', ['subsequent']);
  const sentCard = readCard(fields.object('card'));
  fields.oneOf('method', ['card']);
  if (fields.has('callback_url')) readCallbackUrl(fields);
  fields.require('request_id');
  refuseSplits(fields, splits);
  const { subscriptionId } = readTarget(fields, 'subscription_id');
  const charge = {
    subscriptionId: subscriptionId ?? '',
    amount: readAmount(fields),
    currency: fields.requiredText('currency'),
    requestId: readRequestId(fields),
    notes: fields.notes('notes', RESERVED_NOTES),
  };
  fields.finish();
  refuseRepeatedNumber(sentCard, [charge, sentCard.holderName]);
  return charge;
}
