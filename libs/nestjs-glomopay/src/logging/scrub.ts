/** A value of the running call that no text may show. */
export interface CallSecret {
  readonly text: string;
  /**
   * `digits` also hides the number when separators stand between its digits. `personal` is what the
   * gateway answers with as well, so it is hidden in texts alone, and data keeps it.
   */
  readonly kind: 'text' | 'digits' | 'cvv' | 'personal';
}

const MASK = '[removed]';
/** Every JWT starts with the base64 of an opening brace and quote. */
const JWT = /\bey[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]+){1,2}/g;
/** 12 to 19 digits with at most one blank or dash of any kind between two. Luhn or not: the gateway's test cards fail it. */
const CARD_LIKE = /\d(?:[\s.\p{Pd}\p{Cf}]?\d){11,18}/gu;
const CVV_NAME = '(?:cvv|cvc|cvn|cid|security[ _-]?code)';
/** As many digits as the shortest card number, with whatever separators. */
const DIGIT_RUN = /\d(?:[^0-9A-Za-z]{0,3}\d){11}/;
const CVV_WORD = new RegExp(`((?:${CVV_NAME}|code)\\D{0,12})\\d{3,4}(?!\\d)`, 'gi');
const AUTH_TOKEN = /(authToken=)[^&\s"']+/gi;
const CVV_MEMBER = /^(?:cvv2?|cvc2?|cvn|cid|security_?code)$/i;
/** Longest text of the gateway that is kept. */
const MAX_TEXT = 512;

/**
 * Makes text that others wrote fit for an error or a log: this call's own values first, then
 * anything that looks like a card number, a security code or a key, then control characters; at
 * most 512 characters.
 */
export function scrub(text: string, secrets: readonly CallSecret[]): string {
  return shortened(secrets.reduce(withoutSecret, text))
    .replace(JWT, MASK)
    .replace(CARD_LIKE, MASK)
    .replace(CVV_WORD, `$1${MASK}`)
    .replace(AUTH_TOKEN, `$1${MASK}`)
    .replace(/[\p{Cc}\u2028\u2029]/gu, '?')
    .slice(0, MAX_TEXT);
}

/**
 * Bounds what the patterns have to search. The cut may go through a card number, of which the rest
 * would be too short to be seen as one, so what is no word is cut off with it.
 */
function shortened(text: string): string {
  return text.length <= 4 * MAX_TEXT
    ? text
    : text.slice(0, 4 * MAX_TEXT).replace(/[^A-Za-z]+$/, '');
}

function withoutSecret(text: string, secret: CallSecret): string {
  return secret.text.length < 3 ? text : text.replace(patternOf(secret), MASK);
}

function patternOf({ text, kind }: CallSecret): RegExp {
  if (kind === 'digits') return new RegExp([...text].join('[^0-9A-Za-z]{0,3}'), 'g');
  if (kind === 'cvv') return new RegExp(`(?<!\\d)${text}(?!\\d)`, 'g');
  return new RegExp(escape(text), 'gi');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Removes this call's own values from an answer that is about to be handed out as data, where a
 * gateway or proxy has echoed the request. Costs one search of the text when nothing is echoed.
 */
export function scrubEcho(body: unknown, text: string, secrets: readonly CallSecret[]): unknown {
  const echoed = secrets.filter(
    ({ kind, text: own }) => kind !== 'personal' && (kind !== 'text' || own.length >= 16),
  );
  if (!echoed.some((secret) => occursIn(text, secret))) return body;
  return withoutEchoes(body, echoed);
}

/** The cheap question first: nearly every answer has no run of digits at all, and no echo. */
function occursIn(text: string, secret: CallSecret): boolean {
  if (secret.kind === 'digits') return DIGIT_RUN.test(text) && patternOf(secret).test(text);
  return text.includes(secret.text);
}

function withoutEchoes(value: unknown, secrets: readonly CallSecret[]): unknown {
  if (typeof value === 'string') return secrets.reduce(withoutEcho, value);
  if (typeof value === 'number') return isLongSecret(String(value), secrets) ? MASK : value;
  if (Array.isArray(value)) return value.map((entry) => withoutEchoes(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      secrets.reduce(withoutEcho, key),
      CVV_MEMBER.test(key) ? MASK : withoutEchoes(entry, secrets),
    ]),
  );
}

function isLongSecret(digits: string, secrets: readonly CallSecret[]): boolean {
  return secrets.some(({ kind, text }) => kind !== 'cvv' && text === digits);
}

/** A security code is short: inside a longer text (an id, a date) equal digits are chance, unless named. */
function withoutEcho(text: string, secret: CallSecret): string {
  if (secret.kind !== 'cvv') return withoutSecret(text, secret);
  if (text === secret.text) return MASK;
  const named = new RegExp(`(${CVV_NAME}\\D{0,12})${secret.text}(?!\\d)`, 'gi');
  return text.replace(named, `$1${MASK}`);
}
