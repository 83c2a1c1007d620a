import { createHash } from 'node:crypto';
import { Html, html } from '../html.js';
import { script } from './script.js';
import { style } from './style.js';

/**
 * What the page may do: run this script and use this style, by their hashes, and talk to where it came
 * from. Nothing is loaded from anywhere, and no handler in the markup runs.
 */
export const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  // The mark in the tab, which is in the page itself.
  'img-src data:',
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Constants of ours, without what would end their elements. Outside of a template, which is laid out
 * anew by tools: the hashes are of the text as it stands.
 */
const ownStyle = new Html(`<style>${style}</style>`);
const ownScript = new Html(`<script>${script}</script>`);

const icon =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"%3E%3Crect width="16" height="16" rx="4" fill="%230f5fb8"/%3E%3Cpath d="M4.5 8.5l2.5 2.5 4.5-5.5" fill="none" stroke="%23fff" stroke-width="2"/%3E%3C/svg%3E';

/** A whole document. */
export function frame(title: string, navigation: Html, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Payment operations</title>
        <link rel="icon" href="${icon}" />
        ${ownStyle}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <div><a class="brand" href="?">Payment operations</a>${navigation}</div>
        </header>
        <main id="main">
          <noscript
            ><p class="notice bad">
              Everything can be read without JavaScript. To do something, allow it for this page.
            </p></noscript
          >
          <p class="notice" id="status" role="status" tabindex="-1"></p>
          ${body}
        </main>
        ${ownScript}
      </body>
    </html>`.markup;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
