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

/** A whole document. */
export function frame(title: string, navigation: Html, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Payment operations</title>
        <link rel="icon" href="data:," />
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
