import type { Board } from '../books/resource.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { VirtualAccount } from './virtual-account.js';

/** Virtual accounts on the page at `/`. */
export const VIRTUAL_ACCOUNT_BOARD: Board<VirtualAccount> = {
  title: 'Virtual accounts',
  tiles: [],
  row: ({ account_id, account_number, currency, status, created_at }) =>
    html`<li>
      <code>${account_id}</code>
      <span class="what">${account_number}</span>
      <span class="money">${currency}</span>
      ${pill(status, null)} ${moment(created_at)}
    </li>`,
};
