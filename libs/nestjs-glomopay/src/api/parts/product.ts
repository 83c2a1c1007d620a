import { looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** What is sold. */
export interface Product {
  readonly name: string | null;
  readonly description: string | null;
}

export function readProduct(product: WireObject): Product {
  return {
    name: product.read('name', looseText),
    description: product.read('description', looseText),
  };
}
