/** What may stand between two digits of a card number that somebody has typed. */
const BETWEEN = String.raw`[\s._/*\p{Pd}\p{Cf}]{0,3}`;
/** As many digits as the shortest card number. Luhn or not: the gateway's test cards fail it. */
const CARD_LIKE = new RegExp(String.raw`\d(?:${BETWEEN}\d){11}`, 'u');
const CVV_LIKE = /(?:cvv2?|cvc2?|cvn|cid|security[ _-]?code)\D{0,12}\d{3,4}(?!\d)/iu;
/** Every JWT starts with the base64 of an opening brace and quote; keys of the gateway are JWTs. */
const KEY_LIKE = /\bey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+/u;

/**
 * Tells whether a text that a person has typed may hold a card number, a security code or a key. It errs
 * on the safe side: a text like that is refused, not mended, so that nothing of it is kept.
 */
export function looksSecret(text: string): boolean {
  const plain = text.normalize('NFKC');
  return [CARD_LIKE, CVV_LIKE, KEY_LIKE].some((pattern) => pattern.test(plain));
}
