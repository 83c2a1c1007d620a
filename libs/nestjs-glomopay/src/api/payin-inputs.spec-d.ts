import {
  CreatePaymentLinkDto,
  CreateQuoteDto,
  type CreatePaymentLinkInput,
  type CreatePriceInput,
  type CreateQuoteInput,
  type Order,
  type PaymentLink,
  type PaymentLinksService,
  type Quote,
  type QuotesService,
  type UpdatePaymentLinkInput,
} from '../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

interface Known {
  readonly link: PaymentLink;
  readonly order: Order;
  readonly quote: Quote;
}

const payer = { customerId: 'cust_1' } as const;
const priced = { ...payer, amount: 1000, currency: 'USD', expiresAt: '2026-12-01' } as const;

export const links: readonly CreatePaymentLinkInput[] = [
  priced,
  { ...payer, quoteId: 'quote_1' },
  { ...priced, amount: 1, paymentMethods: ['card', 'bank_transfer'], reminderFrequency: 14 },
  { ...priced, purposeCode: 'P0802', referenceNumber: 'R-1', notes: null },
  // @ts-expect-error a quote brings its amount
  { ...payer, quoteId: 'quote_1', amount: 1000 },
  // @ts-expect-error and its expiry
  { ...payer, quoteId: 'quote_1', expiresAt: '2026-12-01' },
  // @ts-expect-error without a quote there is an expiry
  { ...payer, amount: 1000, currency: 'USD' },
  // @ts-expect-error and an amount, or a quote
  payer,
  // @ts-expect-error this is not collected
  { ...priced, currency: 'INR' },
  // @ts-expect-error there is no such way to pay
  { ...priced, amount: 1, paymentMethods: ['upi'] },
  // @ts-expect-error reminders come every 1, 2, 7 or 14 days
  { ...priced, reminderFrequency: 3 },
  // @ts-expect-error there is no such code
  { ...priced, purposeCode: 'P1234' },
  // @ts-expect-error links have no requestId
  { ...priced, requestId: 'r-1' },
];

export const changes: readonly UpdatePaymentLinkInput[] = [
  { expiresAt: '2026-12-01' },
  { reminderFrequency: 7 },
  { expiresAt: '2026-12-01', reminderFrequency: 7 },
  { expiresAt: '2026-12-01', reminderFrequency: undefined },
  // @ts-expect-error something changes
  {},
  // @ts-expect-error and it is not the amount
  { amount: 1000 },
];

const rate = {
  resource: 'payin',
  sourceCurrency: 'AED',
  destinationCurrency: 'USD',
  paymentMethod: { type: 'bank_transfer' },
} as const;

export const quotes: readonly CreateQuoteInput[] = [
  { ...rate, sourceAmount: 1 },
  { ...rate, destinationAmount: 1 },
  // @ts-expect-error exactly one of the two
  { ...rate, sourceAmount: 1, destinationAmount: 1 },
  // @ts-expect-error exactly one of the two
  rate,
  // @ts-expect-error cards have no quotes
  { ...rate, sourceAmount: 1, paymentMethod: { type: 'card' } },
];

export const prices: readonly CreatePriceInput[] = [
  { pricingType: 'fixed', feesAmount: 1000, feesCurrency: 'USD' },
  { pricingType: 'percentage', bps: 1000, setAsDefault: true },
  // @ts-expect-error a part has no fixed fee
  { pricingType: 'percentage', bps: 1000, feesAmount: 1000 },
  // @ts-expect-error a fixed fee is no part
  { pricingType: 'fixed', feesAmount: 1000, feesCurrency: 'USD', bps: 1000 },
  // @ts-expect-error a fixed fee has a currency
  { pricingType: 'fixed', feesAmount: 1000 },
];

export async function calls(
  service: PaymentLinksService,
  quoting: QuotesService,
  { link, order, quote }: Known,
): Promise<void> {
  await service.get(link.id);
  await service.create({ ...payer, quoteId: quote.id });
  // What a body of a host's route has been made.
  await service.create(new CreatePaymentLinkDto());
  await quoting.create(new CreateQuoteDto());
  // @ts-expect-error a plain object has an amount or a quote, never both
  await service.create({ ...payer, quoteId: quote.id, amount: 1000 });
  await service.submitRfi(link.id, [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }]);
  // @ts-expect-error an order is no payment link
  await service.cancel(order.id);
  // @ts-expect-error a link is no quote
  await service.create({ ...payer, quoteId: link.id });
  const made: readonly Quote[] = await quoting.create({ ...rate, sourceAmount: 1 });
  // @ts-expect-error a rate is a text, so that nobody multiplies by it
  made[0]?.fxRate satisfies number | null | undefined;
}
