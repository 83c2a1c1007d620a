/** Where loggers put a request: bare, under `req`, `request`, or any other single key. */
const PLACES = ['', 'req.', 'request.', '*.'] as const;

/** All of a card, whatever its members are called; and its members where the body itself is a card. */
const CARD = [
  'card',
  'body.card',
  'body.number',
  'body.cvv',
  'body.holderName',
  'body.holder_name',
  'cvv',
  'holderName',
  'holder_name',
] as const;

/** Numbers of bank accounts and of taxpayers, which are personal data. */
const PERSONAL = [
  ...['', 'bankAccountDetails.', 'bank_account_details.'].flatMap((holder) => [
    `body.${holder}accountNumber`,
    `body.${holder}account_number`,
  ]),
  'body.kyc.panNumber',
  'body.kyc.pan_number',
];

/** The page that a callback leads to is asked for with the signed address as its referrer. */
const HEADERS = ['.authorization', '.cookie', '.referer', '["x-glomopay-signature"]'] as const;

const ADDRESSES = ['url', 'originalUrl', 'referer', 'location', 'redirectUrl'] as const;

/**
 * Paths for pino's `redact`, for hosts that log requests: the card of a checkout, the number of a bank
 * account and a PAN in either spelling, the headers that carry keys and signatures, the signature of a callback, and the addresses in
 * which it, or the token of a 3DS page, stands. Use them with {@link glomopayCensor}, which leaves
 * an address readable up to its query.
 *
 * They reach into objects only: a body that is logged as one text, parsed or not, stays as it is.
 *
 * @example
 * pino({ redact: { paths: [...glomopayRedactPaths], censor: glomopayCensor } })
 */
export const glomopayRedactPaths: readonly string[] = Object.freeze([
  ...PLACES.flatMap((place) => [
    ...[...CARD, ...PERSONAL, 'rawBody', 'query.signature', 'body.signature'].map(
      (member) => place + member,
    ),
    ...['url', 'originalUrl', 'redirectUrl', 'body.redirectUrl'].map((member) => place + member),
    ...HEADERS.map((header) => `${place}headers${header}`),
  ]),
  'res.headers.location',
  'response.headers.location',
]);

const CENSORED = '[Redacted]';

/** Pino's `censor` for {@link glomopayRedactPaths}: an address loses its query, all else its value. */
export function glomopayCensor(value: unknown, path: readonly string[]): string {
  const name = path.at(-1);
  if (typeof value !== 'string' || !ADDRESSES.some((address) => address === name)) return CENSORED;
  const end = value.search(/[?#]/);
  return end === -1 ? value : `${value.slice(0, end)}?${CENSORED}`;
}
