/** The password of HTTP Basic authentication (RFC 7617); the user name may be any. */
export function passwordOf(authorization: string): string | undefined {
  return credentialsOf(authorization)?.password;
}

/** The user name: who an operator says to be. */
export function nameOf(authorization: string): string | undefined {
  return credentialsOf(authorization)?.name;
}

function credentialsOf(
  authorization: string,
): { readonly name: string; readonly password: string } | undefined {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]{1,4096}={0,2})$/i.exec(authorization) ?? [];
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  return colon === -1
    ? undefined
    : { name: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
}
