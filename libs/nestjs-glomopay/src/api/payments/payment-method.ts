import type { OwnMembers } from '../../wire/own-members.js';
import { looseObject, looseText } from '../../wire/readers.js';

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
export function decodePaymentMethod(method: OwnMembers): PaymentMethodDetails {
  const type = looseText(method.type);
  const isTransfer = type === 'bank_transfer' || type === 'pay_via_bank';
  return {
    type,
    card: type === 'card' ? cardSummary(method.details) : null,
    transfer: isTransfer ? transferSummary(method.details) : null,
  };
}

function decodeCardSummary(card: OwnMembers): CardSummary {
  return {
    network: looseText(card.card_network),
    type: looseText(card.card_type),
    endDigits: looseText(card.end_digits),
    bin: looseText(card.card_bin),
    holderName: looseText(card.card_holder_name),
    countryCode: looseText(card.country_code),
    issuerName: looseText(card.issuer_name),
  };
}

function decodeTransferSummary(transfer: OwnMembers): TransferSummary {
  return {
    senderName: looseText(transfer.sender_name),
    senderCountry: looseText(transfer.sender_country),
    senderAccountNumber: looseText(transfer.sender_account_number),
    receiverAccountNumber: looseText(transfer.receiver_account_number),
    senderBankName: looseText(transfer.sender_bank_name),
    senderBankCountry: looseText(transfer.sender_bank_country),
    senderBankAddress: looseText(transfer.sender_bank_address),
    swiftCode: looseText(transfer.swift_code),
    localRoutingNumber: looseText(transfer.local_routing_number),
    externalReference: looseText(transfer.external_reference),
    transferType: looseText(transfer.transfer_type),
    remittanceInformation: looseText(transfer.remittance_information),
  };
}
