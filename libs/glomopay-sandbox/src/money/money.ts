/** An amount in minor units of its currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** The currencies that orders are collected in. */
export const CURRENCIES = ['USD', 'EUR', 'GBP', 'AED', 'SGD', 'AUD'] as const;

export type Currency = (typeof CURRENCIES)[number];
