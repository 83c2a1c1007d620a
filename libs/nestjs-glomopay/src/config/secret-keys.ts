import type { GlomopayEnvironment } from './glomopay-options.js';
import { isPlaceholder } from './placeholders.js';

/** Keys as texts, trimmed and without the empty ones, or the rule they break. */
export type KeyList = { readonly keys: readonly string[] } | { readonly fault: string };

/** More than any rotation has: each is tried with every message, also with forged ones. */
const MOST_KEYS = 32;

/**
 * Reads a key or a list of keys. Fails closed: what is not text is a fault, and a list of which
 * nothing is left is a fault, because anyone can compute an HMAC under an empty key.
 */
export function readKeys(option: string, value: unknown): KeyList {
  // Spread, because the methods of an array skip its holes.
  const list: readonly unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [value];
  if (!list.every((key) => typeof key === 'string')) {
    return { fault: `${option} must be a text or a list of texts` };
  }
  const keys = [...new Set(list.map((key) => key.trim()).filter((key) => key !== ''))];
  if (keys.length === 0) return { fault: `${option} must hold at least one key that is not empty` };
  if (keys.length > MOST_KEYS) {
    return { fault: `${option} must hold at most ${MOST_KEYS} keys` };
  }
  // Visible ASCII only: a key travels in a header, and zero bytes at its end are invisible to HMAC.
  if (!keys.every((key) => /^[\x21-\x7e]+$/.test(key))) {
    return {
      fault: `${option} must not hold spaces, control or non-ASCII characters inside a key`,
    };
  }
  if (keys.some((key) => key === 'undefined' || key === 'null')) {
    return { fault: `${option} must not be the word that a template makes of a missing value` };
  }
  return { keys };
}

/**
 * What makes keys no secrets: quotes that came along, a placeholder or published example, too few
 * characters to withstand trying.
 */
export function weaknessOf(
  option: string,
  keys: readonly string[],
  shortest: number,
): string | undefined {
  if (keys.some((key) => /^(["'`]).*\1$/.test(key))) {
    return `${option} must not be in quotes; they would count as part of the key`;
  }
  if (keys.some((key) => isPlaceholder(key))) {
    return `${option} must not hold a placeholder or a published example; use the value that the dashboard shows`;
  }
  return keys.some((key) => key.length < shortest)
    ? `${option} must hold keys of at least ${shortest} characters`
    : undefined;
}

/** Publishable keys are public: with one as HMAC key anyone could sign a callback. */
export function isPublishableKey(key: string): boolean {
  return /^(?:test|live|mock)_/.test(key);
}

/**
 * The `env` claim of a secret key, when it is a JWT that has one. The signature is the gateway's
 * own business; a key that cannot be read is simply one whose environment is not known.
 */
export function environmentOf(key: string): GlomopayEnvironment | undefined {
  const { env } = claimsOf(key);
  return env === 'sandbox' || env === 'production' ? env : undefined;
}

/** The claims of a key, unverified, without a prototype; none when it cannot be read. */
export function claimsOf(key: string): Readonly<Record<string, unknown>> {
  const none: Record<string, unknown> = Object.create(null);
  const payload = key.split('.')[1];
  if (payload === undefined) return none;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? Object.assign(none, claims) : none;
  } catch {
    return none;
  }
}
