import { html } from './html.js';

/** Says on every bank page that nothing on it is real. */
export const simulationBanner = html`<p class="banner" role="note">
  <strong>Simulated bank page.</strong> No real bank, no real card, no money.
</p>`;

export const shield = html`<svg
  class="shield"
  viewBox="0 0 24 24"
  width="28"
  height="28"
  aria-hidden="true"
>
  <path d="M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5z" />
  <path class="check" d="m8.2 12 2.7 2.7 5-5.4" />
</svg>`;
