import { Named } from '../../errors/named.decorator.js';
import { needles, views, type Needle, type View } from './encodings.js';
import { assertSearchable, type KnownSecrets, type SecretFound } from './known-secrets.js';

/** Digits of a card number in a row that count as a leak. */
const WINDOW = 9;
/** Characters of a part of a key that count as one. */
const KEY_PIECE = 24;

type Piece = readonly [SecretFound['secret'], string];
type Hidden = Needle & { readonly secret: SecretFound['secret'] };

/** Finds secrets in anything that was printed, stored or sent, however it is written there. */
@Named('SecretScanner')
export class SecretScanner {
  readonly #needles: readonly Hidden[];
  readonly #cvv: RegExp | undefined;

  /** @throws {TypeError} there is nothing to look for, or it cannot be searched for. */
  constructor(secrets: KnownSecrets) {
    assertSearchable(secrets);
    const { number, cvv } = secrets;
    this.#needles = [
      ...pieces(secrets).flatMap(([secret, piece]) =>
        needles(piece).map((needle) => ({ secret, ...needle })),
      ),
      ...(number === undefined ? [] : [separated(number)]),
    ];
    this.#cvv = cvv === undefined ? undefined : cvvPattern(cvv);
  }

  /** Which secrets the text holds, each secret and encoding once. */
  find(printed: string | Uint8Array): readonly SecretFound[] {
    const text = typeof printed === 'string' ? printed : Buffer.from(printed).toString('latin1');
    const seen = Object.fromEntries(
      Object.entries(views).map(([view, look]) => [view, look(text)]),
    ) as Record<View, string>;
    const found = new Map<string, SecretFound>();
    for (const { secret, encoding, view, text: needle } of this.#needles) {
      if (seen[view].includes(needle)) found.set(`${secret} ${encoding}`, { secret, encoding });
    }
    if (this.#cvv?.test(text) === true) found.set('cvv', { secret: 'cvv', encoding: 'verbatim' });
    return [...found.values()];
  }
}

/** What of the secrets gives them away: a part of a number or a key is enough. */
function pieces({ number, holderName, key }: KnownSecrets): readonly Piece[] {
  return [
    ...(number === undefined ? [] : windows(number).map((text): Piece => ['number', text])),
    ...(holderName === undefined ? [] : [['holderName', holderName] as const]),
    ...[key ?? []].flat().flatMap((one) => keyPieces(one).map((text): Piece => ['key', text])),
  ];
}

function windows(text: string): string[] {
  const count = text.length - WINDOW + 1;
  return [...new Set(Array.from({ length: count }, (_, at) => text.slice(at, at + WINDOW)))];
}

/** The first part of a JWT says only what a JWT is, and many share it. */
function keyPieces(key: string): readonly string[] {
  const [, payload = '', signature = ''] = key.split('.');
  const isJwt = payload.length >= KEY_PIECE && signature.length >= KEY_PIECE;
  return (isJwt ? [payload, signature] : [key]).map((part) => part.slice(0, KEY_PIECE));
}

function separated(number: string): Hidden {
  return { secret: 'number', encoding: 'separated', view: 'joined', text: number };
}

/** A security code is too short to search for bare, unless it has four digits. */
function cvvPattern(cvv: string): RegExp {
  const named = `(?:cvv|cvc|code)\\W{0,6}${cvv}(?!\\d)`;
  const quoted = `(?<quote>["'\`])${cvv}\\k<quote>`;
  const codes = `(?<!\\d)${Buffer.from(cvv).join('[\\s,]{1,3}')}(?!\\d)`;
  const bare = cvv.length > 3 ? `|(?<!\\d)${cvv}(?!\\d)` : '';
  return new RegExp(`${named}|${quoted}|${codes}${bare}`, 'i');
}
