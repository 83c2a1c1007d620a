import { html } from './html.js';
import type { Html } from './html.js';

/** A status, and the reason for it if there is one. */
export function pill(status: string, reason: string | null): Html {
  const note = reason === null ? html`` : html` <small>${reason}</small>`;
  return html`<span class="state"
    ><span class="pill ${status}">${status.replaceAll('_', ' ')}</span>${note}</span
  >`;
}

/** A moment, in UTC. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
