import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Html, html } from './html.js';
import { stylesheet } from './stylesheet.js';

/** One page of the sandbox. */
export interface PageContent {
  readonly title: string;
  readonly body: Html;
  /** Reload after this many seconds. */
  readonly refreshSeconds?: number;
}

// Not in the template: its white space would be part of what the hash is made of.
const styleElement = new Html(`<style>${stylesheet}</style>`);
const styleHash = createHash('sha256').update(stylesheet).digest('base64');

// No `form-action`: browsers apply it to redirects after a form was sent as well, and the 3DS form
// ends in one to the merchant's callback, from where the merchant may send the buyer anywhere.
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends a page with headers that keep it out of caches, frames and referrers. */
export function sendPage(reply: FastifyReply, status: number, content: PageContent): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
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
        ${styleElement}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}
