import type { CardInput } from 'nestjs-glomopay';
import type { KnownSecrets } from 'nestjs-glomopay/testing';
import { aSecretKey } from './secret-key.js';

const key = aSecretKey('the-canary');

/** The secrets of one canary: values that must be found nowhere. */
export interface Canary extends Required<KnownSecrets> {
  readonly key: string;
}

/** Cards whose values must be found nowhere. The second one's code is long enough to search bare. */
export const canaries: readonly Canary[] = [
  { number: '4111111111111111', cvv: '739', holderName: 'Jane Q Canary', key },
  { number: '378282246310005', cvv: '8317', holderName: 'Jane Q Canary', key },
];

export function cardOf({ number, cvv, holderName }: Canary): CardInput {
  return { number, cvv, holderName, expiryMonth: '09', expiryYear: '2030' };
}
