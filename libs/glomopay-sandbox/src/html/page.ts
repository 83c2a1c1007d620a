import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Html, html } from './html.js';
import { STYLESHEET } from './stylesheet.js';

/** One page of the sandbox. */
export interface PageContent {
  readonly title: string;
  readonly body: Html;
  /** Reload after this many seconds. */
  readonly refreshSeconds?: number;
}

// Not in the template: its white space would be part of what the hash is made of.
const STYLE_ELEMENT = new Html(`<style>${STYLESHEET}</style>`);
const STYLE_HASH = createHash('sha256').update(STYLESHEET).digest('base64');

// No `form-action`: browsers apply it to redirects after a form was sent as well, and the 3DS form
// ends in one to the merchant's callback, from where the merchant may send the buyer anywhere.
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends a page with headers that keep it out of caches, frames and referrers. */
export function sendPage(reply: FastifyReply, status: number, content: PageContent): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(document(content).text);
}

function document({ title, body, refreshSeconds }: PageContent): Html {
  const refresh = refreshSeconds
    ? html`<meta http-equiv="refresh" content="${refreshSeconds}" />`
    : html``;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}
