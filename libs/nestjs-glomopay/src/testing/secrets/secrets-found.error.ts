import { AssertionError } from 'node:assert';
import { Named } from '../../errors/named.decorator.js';
import type { SecretFound } from './known-secrets.js';

/** A secret that a value holds, and where in it. */
export interface Leak extends SecretFound {
  /** `[0].cause.message`, `(JSON).card`, … */
  readonly where: string;
}

const LISTED = 20;

/** A secret was found. Says where and how it is written; the secret itself is not in it. */
@Named('GlomopaySecretsFoundError')
export class GlomopaySecretsFoundError extends AssertionError {
  constructor(readonly leaks: readonly Leak[]) {
    const lines = leaks
      .slice(0, LISTED)
      .map(({ secret, encoding, where }) => `- ${secret}, ${encoding}, at ${where}`);
    const more = leaks.length > LISTED ? [`- and ${leaks.length - LISTED} more`] : [];
    super({ message: ['Secrets were found:', ...lines, ...more].join('\n') });
    this.name = 'GlomopaySecretsFoundError';
  }
}
