function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A key in the form of the gateway's: a JWT whose `env` claim says sandbox. Signed by nobody. */
export function aSecretKey(subject = 'merchant-of-the-tests'): string {
  const signature = Buffer.from(`no signature at all, for ${subject}`.repeat(3));
  return [
    part({ alg: 'RS256', typ: 'JWT' }),
    part({ sub: subject, env: 'sandbox' }),
    signature.toString('base64url'),
  ].join('.');
}
