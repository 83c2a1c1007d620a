import { looseObject, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** How a payment was made. */
export interface PaymentMethodDetails {
  /** `card`, `bank_transfer` or `pay_via_bank`. */
  readonly type: string | null;
  /** Set when it was a card. */
  readonly card: CardSummary | null;
  /** Set when it was a transfer: `bank_transfer` or `pay_via_bank`. */
  readonly transfer: TransferSummary | null;
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

/**
 * What the gateway tells about a transfer, and what it is reconciled by. Names and account numbers are
 * personal data: do not log them.
 */
export interface TransferSummary {
  readonly senderName: string | null;
  /** ISO 3166 alpha-3. */
  readonly senderCountry: string | null;
  readonly senderAccountNumber: string | null;
  /** The virtual account that was credited; null with `pay_via_bank`. */
  readonly receiverAccountNumber: string | null;
  readonly senderBankName: string | null;
  /** ISO 3166 alpha-3. */
  readonly senderBankCountry: string | null;
  readonly senderBankAddress: string | null;
  readonly swiftCode: string | null;
  /** ABA number, sort code or BSB. */
  readonly localRoutingNumber: string | null;
  /** The reference that the banks gave it. */
  readonly externalReference: string | null;
  /** `swift` or `local`. */
  readonly transferType: string | null;
  /** What the sender wrote. */
  readonly remittanceInformation: string | null;
}

const cardSummary = looseObject(decodeCardSummary);
const transferSummary = looseObject(decodeTransferSummary);

/** Reads `payment_method`; the details of a method that is not known are under `raw` of the payment. */
export function decodePaymentMethod(method: WireObject): PaymentMethodDetails {
  const type = method.read('type', looseText);
  const isTransfer = type === 'bank_transfer' || type === 'pay_via_bank';
  return {
    type,
    card: type === 'card' ? method.read('details', cardSummary) : null,
    transfer: isTransfer ? method.read('details', transferSummary) : null,
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

function decodeTransferSummary(transfer: WireObject): TransferSummary {
  return {
    senderName: transfer.read('sender_name', looseText),
    senderCountry: transfer.read('sender_country', looseText),
    senderAccountNumber: transfer.read('sender_account_number', looseText),
    receiverAccountNumber: transfer.read('receiver_account_number', looseText),
    senderBankName: transfer.read('sender_bank_name', looseText),
    senderBankCountry: transfer.read('sender_bank_country', looseText),
    senderBankAddress: transfer.read('sender_bank_address', looseText),
    swiftCode: transfer.read('swift_code', looseText),
    localRoutingNumber: transfer.read('local_routing_number', looseText),
    externalReference: transfer.read('external_reference', looseText),
    transferType: transfer.read('transfer_type', looseText),
    remittanceInformation: transfer.read('remittance_information', looseText),
  };
}
