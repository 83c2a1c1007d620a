import { createHash, randomBytes } from 'node:crypto';
import type { ShopRequest, ShopResponse } from '../http/shop-request.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The hash under which a session's purchases are kept; the token itself is never stored. */
export type SessionHash = string & { readonly brand: 'SessionHash' };

/** The session of a request, or nothing if it brought none. */
export function readSession(request: ShopRequest): SessionHash | undefined {
  const tokens = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .filter(([name]) => name === cookieName(true) || name === cookieName(false))
    .map(([, value]) => value ?? '');
  // A second cookie of our name was put there by somebody else; believe neither.
  const [token] = tokens;
  return tokens.length === 1 && token !== undefined && TOKEN.test(token) ? hash(token) : undefined;
}

/** Starts a session and hands its cookie to the browser. */
export function startSession(response: ShopResponse, isHttps: boolean): SessionHash {
  const token = randomBytes(32).toString('base64url');
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(isHttps ? ['Secure'] : [])];
  response.appendHeader(
    'Set-Cookie',
    [`${cookieName(isHttps)}=${token}`, ...attributes].join('; '),
  );
  return hash(token);
}

/** The `__Host-` prefix keeps other subdomains from setting it, but needs https. */
function cookieName(isHttps: boolean): string {
  return isHttps ? '__Host-shop_session' : 'shop_session';
}

function hash(token: string): SessionHash {
  return createHash('sha256').update(token).digest('base64url') as SessionHash;
}
