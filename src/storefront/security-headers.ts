import type { ShopSettings } from '../config/shop-settings.js';
import {
  type NextHandler,
  pathOf,
  type ShopRequest,
  type ShopResponse,
} from '../http/shop-request.js';

const LOCKED_DOWN = {
  'default-src': "'none'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
} as const;

/** The API page is generated with scripts and styles inside; it neither shows nor takes a card. */
const API_PAGE = policy({
  ...LOCKED_DOWN,
  'script-src': "'self' 'unsafe-inline'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
});

/** The policy of a page that runs the script with this integrity, or none at all. */
export function contentSecurityPolicy(scriptIntegrity?: string): string {
  return policy({
    ...LOCKED_DOWN,
    'script-src': scriptIntegrity === undefined ? "'none'" : `'${scriptIntegrity}'`,
  });
}

/** Sets the headers every answer carries, also one that fails before it reaches a route. */
export function securityHeaders(settings: ShopSettings) {
  const headers = new Map<string, string>([
    ['Cache-Control', 'no-store'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
  ]);
  if (settings.isHttps) {
    headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  }
  return (request: ShopRequest, response: ShopResponse, next: NextHandler): void => {
    response.setHeaders(headers);
    const isApiPage = /^\/docs(?:\/|$)/.test(pathOf(request));
    response.setHeader('Content-Security-Policy', isApiPage ? API_PAGE : contentSecurityPolicy());
    next();
  };
}

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
