/** A value of the running call that no text may show. */
export interface LiveSecret {
  readonly text: string;
  /** `digits` also hides the number when separators stand between its digits. */
  readonly kind: 'text' | 'digits' | 'cvv';
}

const MASK = '[removed]';
/** Every JWT starts with the base64 of an opening brace and quote. */
const JWT = /\bey[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]+){1,2}/g;
/** 12 to 19 digits with at most one space, dot or dash between two. Luhn or not: the gateway's test cards fail it. */
const CARD_LIKE = /\d(?:[ .-]?\d){11,18}/g;
const CVV_WORD = /((?:cvv|cvc|cvn|cid|security[ _-]?code|code)\D{0,12})\d{3,4}(?!\d)/gi;
const AUTH_TOKEN = /(authToken=)[^&\s"']+/gi;
const CVV_MEMBER = /^(?:cvv2?|cvc2?|cvn|cid|security_?code)$/i;
/** Longest text of the gateway that is kept. */
const MAX_TEXT = 512;

/**
 * Makes text that others wrote fit for an error or a log: this call's own values first, then
 * anything that looks like a card number, a security code or a key, then control characters; at
 * most 512 characters.
 */
export function scrub(text: string, live: readonly LiveSecret[]): string {
  let clean = text.slice(0, 4 * MAX_TEXT);
  for (const secret of live) clean = withoutLive(clean, secret);
  return clean
    .replace(JWT, MASK)
    .replace(CARD_LIKE, MASK)
    .replace(CVV_WORD, `$1${MASK}`)
    .replace(AUTH_TOKEN, `$1${MASK}`)
    .replace(/[\p{Cc}\u2028\u2029]/gu, '?')
    .slice(0, MAX_TEXT);
}

function withoutLive(text: string, { text: value, kind }: LiveSecret): string {
  if (value.length < 3) return text;
  if (kind === 'digits') {
    return text.replace(
      new RegExp([...value].map((digit) => escape(digit)).join('[^0-9A-Za-z]{0,3}'), 'g'),
      MASK,
    );
  }
  if (kind === 'cvv') return text.replace(new RegExp(`(?<!\\d)${escape(value)}(?!\\d)`, 'g'), MASK);
  return text.replaceAll(new RegExp(escape(value), 'gi'), MASK);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Removes this call's own values from an answer that is about to be handed out as data, where a
 * gateway or proxy has echoed the request. Costs one search of the text when nothing is echoed.
 */
export function scrubEcho(body: unknown, text: string, live: readonly LiveSecret[]): unknown {
  const echoed = live.filter((secret) => secret.kind !== 'text' || secret.text.length >= 16);
  if (!echoed.some((secret) => text.includes(secret.text))) return body;
  return withoutEchoes(body, echoed);
}

function withoutEchoes(value: unknown, live: readonly LiveSecret[]): unknown {
  if (typeof value === 'string') return live.reduce(withoutEcho, value);
  if (typeof value === 'number') return isLongSecret(String(value), live) ? MASK : value;
  if (Array.isArray(value)) return value.map((entry) => withoutEchoes(entry, live));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      live.reduce(withoutEcho, key),
      CVV_MEMBER.test(key) ? MASK : withoutEchoes(entry, live),
    ]),
  );
}

function isLongSecret(digits: string, live: readonly LiveSecret[]): boolean {
  return live.some(({ kind, text }) => kind !== 'cvv' && text === digits);
}

/** A security code is short: inside a longer text (an id, a date) equal digits are chance. */
function withoutEcho(text: string, secret: LiveSecret): string {
  if (secret.kind === 'cvv') return text === secret.text ? MASK : text;
  return withoutLive(text, secret);
}
