/** Secrets that the gateway's documentation shows, so that anyone can sign with them. */
const PUBLISHED: readonly string[] = ['whsec_2f1c9b7a4d6e8031'];

/** What stands in documentation, templates and example files where a secret belongs. */
const PLACEHOLDERS: readonly RegExp[] = [
  // <YOUR_JWT_HERE>, ${SECRET}, {{ secret }}, $SECRET, %SECRET%, [secret]
  /^(?:<.*>|\$?\{.*\}|\$\(.*\)|\$[A-Z_]+|%\w+%|\[.*\])$/,
  // YOUR_SECRET_KEY, your-webhook-secret, yourSecretKey, whsec_YOUR_SECRET
  /(?:^|[_-])your(?:[_-]|$)/i,
  /^your[A-Z]/,
  // xxxxxxxx, whsec_xxxx, ********, 0000000000000000
  /^(?:[a-z]+[_-])*(?<any>[x*.#0-])\k<any>{2,}$/i,
  /^(?<any>.)\k<any>+$/,
  // changeme, replace-with-the-key, insert_key_here
  /^(?:change|replace|insert|paste)[_-]?(?:me|this|it|with|your|key|secret)(?:[_-]|$)/i,
  /(?:^|[_-])(?:placeholder|changeme|todo|tbd)(?:[_-]|$)/i,
  /[_-]here$/i,
  // the bare words
  /^(?:(?:whsec|sk)[_-])?(?:api|secret|webhook|signing|private)?[_-]?(?:key|secret|token|password|jwt|example|sample)$/i,
];

/** Tells whether a text stands where a secret belongs, and is none. */
export function isPlaceholder(key: string): boolean {
  return PUBLISHED.includes(key) || PLACEHOLDERS.some((pattern) => pattern.test(key));
}
