/** The secrets of one canary: values that must be found nowhere. */
export interface Canary {
  readonly number: string;
  readonly cvv: string;
  readonly holderName: string;
  readonly key: string;
}

/** A secret that was found, and how it was written. Never the secret itself. */
export interface SecretFound {
  readonly secret: keyof Canary;
  readonly encoding: string;
}

/** Digits of a card number in a row that count as a leak. */
const WINDOW = 9;
/** Characters of a part of the key that count as one. */
const KEY_PIECE = 24;

/** The text as it is searched, so that a search needs no pattern: separators and escapes taken out. */
const views = {
  exact: (text: string) => text,
  lower: (text: string) => text.toLowerCase(),
  bytes: (text: string) => text.toLowerCase().replace(/0x|[\s,:]/g, ''),
  escapes: (text: string) => text.toLowerCase().replace(/\\{1,2}(?:u00|x)/g, ''),
  codes: (text: string) => text.replace(/[\s,]+/g, ','),
  joined: (text: string) => text.replace(/[^0-9A-Za-z]/g, ''),
} as const;

type View = keyof typeof views;
type Needle = readonly [encoding: string, view: View, text: string];

/** Every way in which a text may have been written that hides it from a plain search. */
function needles(text: string): readonly Needle[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  return [
    ['verbatim', 'lower', text.toLowerCase()],
    ['hex', 'bytes', hex],
    ['escaped', 'escapes', hex],
    ['percent', 'lower', hex.replace(/../g, '%$&')],
    ['decimal codes', 'codes', bytes.join(',')],
    ['UTF-16', 'exact', [...text].join('\0')],
    ...base64(text).map((encoded) => ['base64', 'exact', encoded] as const),
  ];
}

/** Base64 of a text that begins at any of the three places inside a group; the edges are cut off. */
function base64(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from(`${' '.repeat(offset)}${text}`).toString('base64');
    const begin = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + Buffer.byteLength(text)) * 8) / 6);
    const inner = encoded.slice(begin, end);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function windows(text: string): string[] {
  const count = text.length - WINDOW + 1;
  return [...new Set(Array.from({ length: count }, (_, at) => text.slice(at, at + WINDOW)))];
}

/** The pieces of a secret of which one is enough. */
function pieces({ number, holderName, key }: Canary): readonly (readonly [keyof Canary, string])[] {
  const [, payload = key, signature = key] = key.split('.');
  return [
    ...windows(number).map((piece) => ['number', piece] as const),
    ['holderName', holderName],
    ...[payload, signature].map((part) => ['key', part.slice(0, KEY_PIECE)] as const),
  ];
}

/** A security code is too short to search for bare, unless it has four digits. */
function cvvPattern(cvv: string): RegExp {
  const named = `(?:cvv|cvc|code)\\W{0,6}${cvv}(?!\\d)`;
  const quoted = `(?<quote>["'\`])${cvv}\\k<quote>`;
  const codes = `(?<!\\d)${Buffer.from(cvv).join('[\\s,]{1,3}')}(?!\\d)`;
  const bare = cvv.length > 3 ? `|(?<!\\d)${cvv}(?!\\d)` : '';
  return new RegExp(`${named}|${quoted}|${codes}${bare}`, 'i');
}

/** Finds a canary in anything that was printed, stored or sent. */
export class SecretScanner {
  readonly #needles: readonly (readonly [keyof Canary, Needle])[];
  readonly #cvv: RegExp;

  constructor(canary: Canary) {
    this.#needles = [
      ...pieces(canary).flatMap(([secret, piece]) =>
        needles(piece).map((needle) => [secret, needle] as const),
      ),
      ['number', ['separated', 'joined', canary.number]],
    ];
    this.#cvv = cvvPattern(canary.cvv);
  }

  /** What of the canary the text holds, each secret and encoding once. */
  find(printed: string | Uint8Array): readonly SecretFound[] {
    const text = typeof printed === 'string' ? printed : Buffer.from(printed).toString('latin1');
    const seen = Object.fromEntries(
      Object.entries(views).map(([view, look]) => [view, look(text)]),
    ) as Record<View, string>;
    const found = new Map<string, SecretFound>();
    for (const [secret, [encoding, view, needle]] of this.#needles) {
      if (seen[view].includes(needle)) found.set(`${secret} ${encoding}`, { secret, encoding });
    }
    if (this.#cvv.test(text)) found.set('cvv', { secret: 'cvv', encoding: 'verbatim' });
    return [...found.values()];
  }
}
