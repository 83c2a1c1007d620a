import { type Html, html } from '../html.js';
import type { AccountHealth } from '../operations-desk.js';
import { moment } from './words.js';

/** How much of an account waits, and for whom. */
export function tiles({ events, movements, health }: AccountHealth): Html {
  const since = events?.oldestOpenAt;
  return html`<dl class="tiles">
    ${tile('need a person', movements?.needsAttention)}${tile('events parked', events?.failed)}
    ${tile('wait for their outcome', movements?.open, undefined, false)}${tile('events waiting', events?.open, since && html`the oldest since ${moment(since)}`, health === 'late')}
  </dl>`;
}

function tile(
  name: string,
  value: number | undefined,
  since?: Html | null,
  isWarning: boolean = (value ?? 0) > 0,
): Html {
  return html`<div class="tile${isWarning && ' warn'}">
    <dt>${name}</dt>
    <dd>${value}</dd>
    ${since && html`<dd class="since">${since}</dd>`}
  </div>`;
}

/** Where a person looks up what somebody has asked about. */
export function findForm(account: string, text: string): Html {
  return html`<form class="find" method="get" action="?" role="search">
    <input type="hidden" name="account" value="${account}" /><input
      type="hidden"
      name="view"
      value="find"
    />
    <div>
      <label for="text">Look up a reference, request, order, payment or refund</label
      ><input
        type="search"
        id="text"
        name="text"
        value="${text}"
        required
        maxlength="1000"
        autocomplete="off"
      />
    </div>
    <button type="submit">Look up</button>
  </form>`;
}

/** Stands where there is nothing to be shown. */
export function none(text: string): Html {
  return html`<p class="panel none">${text}</p>`;
}
