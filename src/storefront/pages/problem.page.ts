import { html } from '../html.js';
import type { Page } from '../page.js';

/** A page for an answer that is not one, such as 404. */
export function problemPage(title: string, text: string): Omit<Page, 'isSandbox'> {
  return {
    title,
    body: html`<article class="panel outcome refused">
      <span class="sign" aria-hidden="true"></span>
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      <p class="actions"><a class="button" href="/">Back to the shop</a></p>
    </article>`,
  };
}
