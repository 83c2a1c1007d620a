import { GlomopayValidationError } from '../../errors/validation.error.js';
import type { TrackedIntent } from './tracked-record.js';

/** NUL, which Postgres has no place for, and half characters, which UTF-8 has none for. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** Tells whether every database keeps the texts as they are. Nothing is stored under another. */
export function isStorable(...texts: readonly string[]): boolean {
  return !texts.some((text) => UNSTORABLE.test(text));
}

/** A text of the gateway, for a person to read: what no database can keep becomes U+FFFD. */
export function storable(text: string): string;
export function storable(text: string | null): string | null;
export function storable(text: string | null): string | null {
  return text === null ? null : text.replace(EVERY_UNSTORABLE, '\uFFFD');
}

/**
 * Refuses an intent that a database would change or cut, because it would then not be found again.
 *
 * @throws {GlomopayValidationError} nothing was written.
 */
export function assertStorable(intent: TrackedIntent): void {
  const violations = Object.entries(intent)
    .filter(([, value]) => typeof value === 'string' && !isStorable(value))
    .map(([path]) => ({
      path,
      rule: 'isStorable',
      message: 'must be well-formed Unicode without NUL',
    }));
  if (!Number.isSafeInteger(intent.amount)) {
    violations.push({ path: 'amount', rule: 'isInt', message: 'must be a safe whole number' });
  }
  if (violations.length > 0) throw new GlomopayValidationError('intent', violations);
}

/** A pause as whole milliseconds. A record without a valid one would never be looked at again. */
export function wholeMs(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError('A pause must be a finite number of milliseconds');
  return Math.round(ms);
}
