import type { IncomingHttpHeaders } from 'node:http';
import { OperationsRefusal } from './operations-refusal.js';

/**
 * Lets no page of another site do anything with the password or the cookie that a browser remembers.
 * Browsers say where a request comes from, and no page can change that; what says nothing is none.
 *
 * @throws {OperationsRefusal} `cross_site`, or `media_type`: a form can send everything but JSON.
 */
export function assertMayChange(headers: IncomingHttpHeaders): void {
  assertSameSite(headers);
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new OperationsRefusal('media_type');
}

/** The same for what is only read, which a page that was opened from elsewhere may not fetch either. */
export function assertMayRead(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new OperationsRefusal('cross_site');
  }
}

/**
 * The same for the page, which may be opened from elsewhere by a link: but by a person, and no script.
 *
 * @throws {OperationsRefusal} `cross_site`.
 */
export function assertMayOpen(headers: IncomingHttpHeaders): void {
  const isOpened =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!isOpened) assertMayRead(headers);
}

function assertSameSite(headers: IncomingHttpHeaders): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const host = headers.host ?? headers[':authority'];
  // Behind a proxy the host may be another than the browser sees, so its own word counts first.
  const isOurs =
    origin === undefined
      ? site === undefined || site === 'same-origin'
      : origin !== 'null' &&
        (site === undefined ? hostOf(origin) === host : site === 'same-origin');
  if (!isOurs) throw new OperationsRefusal('cross_site');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
