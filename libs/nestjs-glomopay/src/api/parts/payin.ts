/** Currencies that orders and payment links collect in (docs/gateway.md, Amounts and currencies). */
export const orderCurrencies = ['USD', 'EUR', 'GBP', 'AED', 'SGD', 'AUD'] as const;

/** Currency of an order or a payment link. */
export type OrderCurrency = (typeof orderCurrencies)[number];

/** Ways to pay that orders and payment links can offer. */
export const payinMethods = ['bank_transfer', 'pay_via_bank', 'card'] as const;

/** A way to pay. */
export type PayinMethod = (typeof payinMethods)[number];
