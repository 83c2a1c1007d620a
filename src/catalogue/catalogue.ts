import { formatMinorUnits } from 'nestjs-glomopay';

export const currencies = ['USD', 'EUR', 'GBP'] as const;
export type ShopCurrency = (typeof currencies)[number];

export const productIds = ['house-blend', 'tasting-box', 'brew-kit'] as const;
export type ProductId = (typeof productIds)[number];

/** Something the shop sells. Prices are whole minor units. */
export interface Product {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly prices: Readonly<Record<ShopCurrency, number>>;
}

/** The only source of prices: a browser picks an id and a currency, never an amount. */
export const catalogue: Readonly<Record<ProductId, Product>> = {
  'house-blend': {
    id: 'house-blend',
    name: 'House blend',
    description: '250 g whole beans. Dark chocolate, toasted hazelnut.',
    prices: { USD: 1450, EUR: 1350, GBP: 1150 },
  },
  'tasting-box': {
    id: 'tasting-box',
    name: 'Tasting box',
    description: 'Four single origins, 100 g each, with notes.',
    prices: { USD: 3200, EUR: 2950, GBP: 2550 },
  },
  'brew-kit': {
    id: 'brew-kit',
    name: 'Pour-over kit',
    description: 'Stoneware dripper, carafe and forty filters.',
    prices: { USD: 6800, EUR: 6250, GBP: 5400 },
  },
};

/** The product of an id read back from storage, or nothing if it is no longer sold. */
export function findProduct(id: string): Product | undefined {
  const productId = productIds.find((known) => known === id);
  return productId && catalogue[productId];
}

/** An amount as a buyer reads it, such as `$14.50`. */
export function displayAmount(minorUnits: number, currency: string): string {
  const amount = Number(formatMinorUnits(minorUnits, currency));
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);
}
