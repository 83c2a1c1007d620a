/** Currencies that orders and payment links collect in (docs/gateway.md, Amounts and currencies). */
export const orderCurrencies = ['USD', 'EUR', 'GBP', 'AED', 'SGD', 'AUD'] as const;

/** Ways to pay that an order or a payment link can offer (docs/gateway.md, Orders). */
export const payinMethods = ['bank_transfer', 'pay_via_bank', 'card'] as const;

/** A way to pay. */
export type PayinMethod = (typeof payinMethods)[number];
