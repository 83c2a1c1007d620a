import type { KnownSecrets } from './known-secrets.js';
import { places } from './places.js';
import { SecretScanner } from './secret-scanner.js';
import { GlomopaySecretsFoundError, type Leak } from './secrets-found.error.js';

/**
 * Fails when a value holds a card number, a security code, a name or a key: in a text, in any member
 * that can be reached from it, or in what a console makes of it; verbatim, with separators, in part
 * (nine digits are enough), as hex, base64, character codes or percent-encoded.
 *
 * @param value A text, bytes, or anything to look through: `{ logs, errors, responses }`.
 * @throws {GlomopaySecretsFoundError} names every place and encoding, never a secret; an
 *   `AssertionError` to test runners.
 * @throws {TypeError} no secret is given, or one too short to search for.
 *
 * @example
 * expectNoSecrets({ logs, error, response }, { number: '378282246310005', cvv: '8317', key });
 */
export function expectNoSecrets(value: unknown, secrets: KnownSecrets): void {
  const scanner = new SecretScanner(secrets);
  const leaks: Leak[] = [];
  for (const [where, text] of places(value)) {
    const found = scanner.find(text);
    if (found.length === 0) continue;
    // The way there can be a secret too, where one was used as a name.
    const shown = scanner.find(where).length === 0 ? where : 'a member whose name holds a secret';
    leaks.push(...found.map((each) => ({ ...each, where: shown })));
  }
  if (leaks.length > 0) throw new GlomopaySecretsFoundError(leaks);
}
