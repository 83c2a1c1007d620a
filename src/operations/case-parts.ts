import { type Html, html } from '../storefront/html.js';

/** A moment to the second, in UTC. */
export function moment(date: Date): Html {
  const text = date.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 19)} UTC</time>`;
}

/** One fact of a case; nothing when there is none. */
export function fact(name: string, value: Html | string | null): Html {
  return value === null
    ? html``
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
}
