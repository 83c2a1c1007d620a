/** Identifier of a customer. */
export type CustomerId = `cust_${string}`;
/** Identifier of an order. */
export type OrderId = `order_${string}`;
/** Identifier of a document. */
export type DocumentId = `doc_${string}`;
/** Identifier of a payment. */
export type PaymentId = `payt_${string}`;
/** Identifier of a subscription. */
export type SubscriptionId = `sub_${string}`;

/** Prefixes of the gateway's identifiers (docs/gateway.md, Ids). */
export const idPrefixes = {
  customer: 'cust',
  order: 'order',
  payment: 'payt',
  subscription: 'sub',
  document: 'doc',
  quote: 'quote',
  price: 'price',
  split: 'psplit',
  bankAccount: 'acclrs',
  beneficiary: 'bene',
  refund: 'refund',
  paymentLink: 'plink',
  topUp: 'addfunds',
  payout: 'payout',
  settlement: 'setl',
  transaction: 'txn',
  rfi: 'rfi',
  rfiDocument: 'rfidoc',
  conversion: 'conv',
  merchant: 'merch',
} as const;

/** What an identifier can name. */
export type IdKind = keyof typeof idPrefixes;

const grammars = new Map(
  Object.entries(idPrefixes).map(([kind, prefix]) => [
    kind,
    new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,64}$`),
  ]),
);

/**
 * Tells whether a value is an identifier of the kind: its prefix, an underscore, then 1 to 64
 * letters, digits, `_` or `-`. No text of that alphabet can change a path or a signing string.
 */
export function isId(kind: IdKind, value: unknown): value is string {
  return typeof value === 'string' && grammars.get(kind)?.test(value) === true;
}
