const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Tells whether a host name of a parsed URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Parses a URL that is safe to send a buyer or a key to: absolute, https (http on loopback only),
 * no user info, no white space, backslash or control character for parsers to disagree on.
 */
export function safeUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !/^https?:\/\/[^\s\\\p{Cc}]+$/u.test(value)) return undefined;
  const url = parsed(value);
  if (url === undefined || url.username !== '' || url.password !== '' || url.hostname === '') {
    return undefined;
  }
  return url.protocol === 'https:' || isLoopback(url.hostname) ? url : undefined;
}

/** `URL.canParse` and then `new URL` would parse twice. */
function parsed(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** Parameters that the gateway appends; one that is there already would make each callback a repeat. */
const CALLBACK_PARAMETERS = ['order_id', 'payment_id', 'status', 'signature', 'error'];

/** Tells whether a buyer can come back to a URL: safe, without a fragment and reserved parameters. */
export function isCallbackUrl(value: unknown): value is string {
  const url = safeUrl(value);
  return (
    url !== undefined &&
    !url.href.includes('#') &&
    !CALLBACK_PARAMETERS.some((name) => url.searchParams.has(name))
  );
}
