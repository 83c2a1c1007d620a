/** The password of HTTP Basic authentication (RFC 7617); the user name may be any. */
export function passwordOf(authorization: string): string | undefined {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]{1,4096}={0,2})$/i.exec(authorization) ?? [];
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  return colon === -1 ? undefined : credentials.slice(colon + 1);
}
