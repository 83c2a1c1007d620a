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
  lrsBankAccount: 'acclrs',
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

/** Prefixes that older objects have instead. */
const olderPrefixes = { paymentLink: 'payin', payout: 'pout' } as const;

type OlderPrefixes = typeof olderPrefixes;

/** What an identifier can name. */
export type IdKind = keyof typeof idPrefixes;

declare const kind: unique symbol;

/** The prefixes of a kind, those of older objects too. */
type PrefixOf<K extends IdKind> =
  (typeof idPrefixes)[K] | (K extends keyof OlderPrefixes ? OlderPrefixes[K] : never);

/**
 * The identifier of an object: its prefix is known, and the id of another kind does not pass for it.
 *
 * A literal with the prefix is one. TypeScript forgets the kind of such a text where it compares it with
 * a union, as the type of every optional member is one. So the type has a second half, of which no value
 * is made: a prefix alone, whose kind is never forgotten, and with which the whole is refused.
 */
export type IdOf<K extends IdKind> =
  | (`${PrefixOf<K>}_${string}` & { readonly [kind]?: K })
  | (`${PrefixOf<K>}_` & { readonly [kind]: K });

/**
 * A text that is to be the identifier of a kind. Any string may be one, so that nobody has to cast
 * what a database or a form gave; the id of another kind is known to be none and does not compile. At
 * run time every id is checked by its prefix before anything is sent.
 */
export type IdText<K extends IdKind> = string & { readonly [kind]?: K };

/** Identifier of a beneficiary. */
export type BeneficiaryId = IdOf<'beneficiary'>;
/** Identifier of the conversion of a balance. */
export type ConversionId = IdOf<'conversion'>;
/** Identifier of a customer. */
export type CustomerId = IdOf<'customer'>;
/** Identifier of an uploaded document. */
export type DocumentId = IdOf<'document'>;
/** Identifier of a bank account from which a customer remits under the LRS. */
export type LrsBankAccountId = IdOf<'lrsBankAccount'>;
/** Identifier of a merchant. */
export type MerchantId = IdOf<'merchant'>;
/** Identifier of an order. */
export type OrderId = IdOf<'order'>;
/** Identifier of a payment. */
export type PaymentId = IdOf<'payment'>;
/** Identifier of a payment link. */
export type PaymentLinkId = IdOf<'paymentLink'>;
/** Identifier of a payout. */
export type PayoutId = IdOf<'payout'>;
/** Identifier of a price. */
export type PriceId = IdOf<'price'>;
/** Identifier of a quote. */
export type QuoteId = IdOf<'quote'>;
/** Identifier of a refund. */
export type RefundId = IdOf<'refund'>;
/** Identifier of a request for information. */
export type RfiId = IdOf<'rfi'>;
/** Identifier of one document that a request for information asks for. */
export type RfiDocumentId = IdOf<'rfiDocument'>;
/** Identifier of a settlement. */
export type SettlementId = IdOf<'settlement'>;
/** Identifier of a split of fees. */
export type SplitId = IdOf<'split'>;
/** Identifier of a subscription. */
export type SubscriptionId = IdOf<'subscription'>;
/** Identifier of a top-up of the balance. */
export type TopUpId = IdOf<'topUp'>;
/** Identifier of a transaction of a settlement. */
export type TransactionId = IdOf<'transaction'>;

/** What a payment can pay, subscriptions aside. */
export type PayinKind = 'order' | 'paymentLink' | 'topUp';

/** The grammar of the identifiers of kinds: a prefix, an underscore, then what an id is made of. */
export function idGrammar(...kinds: readonly IdKind[]): RegExp {
  const older: Partial<Record<IdKind, string>> = olderPrefixes;
  const prefixes = kinds.flatMap((each) => [idPrefixes[each], older[each] ?? []].flat());
  const prefix = prefixes.length === 1 ? prefixes[0] : `(?:${prefixes.join('|')})`;
  return new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,64}$`);
}

const grammars = new Map<string, RegExp>(
  (Object.keys(idPrefixes) as IdKind[]).map((each) => [each, idGrammar(each)]),
);

/**
 * Tells whether a value is an identifier of the kind: its prefix, an underscore, then 1 to 64
 * letters, digits, `_` or `-`. No text of that alphabet can change a path or a signing string.
 */
export function isId<K extends IdKind>(of: K, value: unknown): value is IdOf<K> {
  return typeof value === 'string' && grammars.get(of)?.test(value) === true;
}
