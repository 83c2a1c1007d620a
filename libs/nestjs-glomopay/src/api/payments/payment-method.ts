import { looseObject, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** How a payment was made. */
export interface PaymentMethodDetails {
  /** `card`, `bank_transfer` or `pay_via_bank`. */
  readonly type: string | null;
  /** Set when it was a card. */
  readonly card: CardSummary | null;
}

/** What the gateway tells about a card: never the number. */
export interface CardSummary {
  readonly network: string | null;
  /** `credit` or `debit`. */
  readonly type: string | null;
  /** Last digits. */
  readonly endDigits: string | null;
  /** First six digits. */
  readonly bin: string | null;
  readonly holderName: string | null;
  readonly countryCode: string | null;
  readonly issuerName: string | null;
}

/** Reads `payment_method`; the details of other methods are under `raw` of the payment. */
export function decodePaymentMethod(method: WireObject): PaymentMethodDetails {
  const type = method.read('type', looseText);
  return {
    type,
    card: type === 'card' ? method.read('details', looseObject(decodeCardSummary)) : null,
  };
}

function decodeCardSummary(card: WireObject): CardSummary {
  return {
    network: card.read('card_network', looseText),
    type: card.read('card_type', looseText),
    endDigits: card.read('end_digits', looseText),
    bin: card.read('card_bin', looseText),
    holderName: card.read('card_holder_name', looseText),
    countryCode: card.read('country_code', looseText),
    issuerName: card.read('issuer_name', looseText),
  };
}
