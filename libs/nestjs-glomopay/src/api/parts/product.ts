import type { OwnMembers } from '../../wire/own-members.js';
import { looseText } from '../../wire/readers.js';

/** What is sold. */
export interface Product {
  readonly name: string | null;
  readonly description: string | null;
}

export function readProduct(product: OwnMembers): Product {
  return {
    name: looseText(product.name),
    description: looseText(product.description),
  };
}
