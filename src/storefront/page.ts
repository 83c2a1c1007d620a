import type { AssetName, Assets } from './assets.js';
import { type Html, html } from './html.js';

/** One page of the shop, without the frame around it. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly script?: AssetName;
  /** Further elements of the head. */
  readonly head?: Html;
  /** A label over the page while no real money moves. */
  readonly isSandbox: boolean;
}

/** The whole document of a page. */
export function documentOf(page: Page, assets: Assets): Html {
  const script = page.script && assets.get(page.script);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="theme-color" content="#1d3b36" />
        <title>${page.title} · Harbour Lane Coffee</title>
        <link rel="icon" type="image/svg+xml" href="${assets.get('mark.svg').url}" />
        <link rel="stylesheet" href="${assets.get('shop.css').url}" />
        ${script && html`<script type="module" src="${script.url}" integrity="${script.integrity}"></script>`}
        ${page.head}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="masthead">
          <a class="brand" href="/">
            <img src="${assets.get('mark.svg').url}" alt="" width="36" height="36" />
            <span>Harbour Lane Coffee</span>
          </a>
          ${page.isSandbox ? html`<p class="mode">Test mode: no real money moves</p>` : undefined}
        </header>
        <main id="main" tabindex="-1">${page.body}</main>
        <footer class="colophon">
          <p>Harbour Lane Coffee · 12 Harbour Lane, Portland</p>
          <p>Card payments by Glomopay. We never store your card.</p>
        </footer>
      </body>
    </html>`;
}
