import { isObject } from '../values/is-object.js';

/** Secrets that the gateway's documentation shows, so that anyone can sign with them. */
const PUBLISHED: readonly string[] = ['whsec_2f1c9b7a4d6e8031'];

/** What stands in documentation, templates and example files where a secret belongs. */
const PLACEHOLDERS: readonly RegExp[] = [
  // <YOUR_JWT_HERE>, ${SECRET}, #{secret}, {{ secret }}, $SECRET, %SECRET%, @SECRET@, __SECRET__, [secret]
  /^(?:<.*>|[$#]?\{.*\}|\$\(.*\)|\$[A-Z_]+|%\w+%|@\w+@|__\w+__|\[.*\])$/,
  // YOUR_SECRET_KEY, your-webhook-secret, your.jwt.here, yourSecretKey, YOURAPIKEY, whsec_YOUR_SECRET
  /(?:^|[_.-])your(?:[_.-]|$)/i,
  /^your[A-Z]/,
  /^your(?:api|secret|webhook|jwt|key|token)/i,
  // GLOMOPAY_SECRET_KEY: the variable's name where its value belongs
  /^glomopay_(?:\w+_)?(?:key|secret)$/i,
  // eyJhbGci..., header.payload.signature: a key that was cut short, or only described
  /\.{3}/,
  /^header\.payload\.signature$/i,
  // xxxxxxxx, whsec_xxxx, ********, 0000000000000000
  /^(?:[a-z]+[_-])*(?<any>[x*.#0-])\k<any>{2,}$/i,
  /^(?<any>.)\k<any>+$/,
  // changeme, replace-with-the-key, insert_key_here
  /^(?:change|replace|insert|paste)[_-]?(?:me|this|it|with|your|key|secret)(?:[_-]|$)/i,
  /(?:^|[_-])(?:placeholder|changeme|todo|tbd)(?:[_-]|$)/i,
  /[_.-]here(?:[_-]?\d)?$/i,
  /from[_-](?:the[_-])?dashboard/i,
  // example-secret-key
  /^(?:example|sample)[_-](?:\w+[_-])?(?:key|secret|token|jwt)/i,
  // the bare words
  /^(?:(?:whsec|sk)[_-])?(?:api|secret|webhook|signing|private)?[_-]?(?:key|secret|token|password|jwt|example|sample)$/i,
];

/** Tells whether a text stands where a secret belongs, and is none. */
export function isPlaceholder(key: string): boolean {
  if (PUBLISHED.includes(key.toLowerCase())) return true;
  // Among so many random characters a word of four letters stands by chance.
  if (isJsonWebToken(key)) return false;
  return PLACEHOLDERS.some((pattern) => pattern.test(key)) || isFilling(key);
}

/** Two parts that are JSON, and a signature of at least 256 bits. */
function isJsonWebToken(key: string): boolean {
  const [header = '', payload = '', signature = '', ...more] = key.split('.');
  return (
    more.length === 0 &&
    /^[A-Za-z0-9_-]{43,}$/.test(signature) &&
    new Set(signature).size > 8 &&
    [header, payload].every(isJsonObject)
  );
}

function isJsonObject(part: string): boolean {
  try {
    return isObject(JSON.parse(Buffer.from(part, 'base64url').toString()));
  } catch {
    return false;
  }
}

/** xxxxx.yyyyy.zzzzz, 0000-0000-0000: one character again and again between separators. */
function isFilling(key: string): boolean {
  return key.split(/[._-]/).every((part) => new Set(part).size <= 1);
}
