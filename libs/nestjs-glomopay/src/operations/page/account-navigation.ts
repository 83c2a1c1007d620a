import { type Html, html } from '../html.js';
import type { AccountHealth, OperationsDesk } from '../operations-desk.js';
import type { OperationsConfig } from '../operations-options.js';
import { wayTo } from './words.js';

/** More accounts than that are chosen by name. */
const MOST_TABS = 12;
/** Closed accounts that are named. */
const MOST_CLOSED = 50;

/**
 * What is left of each account, while they are few enough to be asked for each page; accounts of a source,
 * which nobody can list, by their name.
 */
export async function accountNavigation(
  desk: OperationsDesk,
  elsewhere: OperationsConfig['links'],
  current: string | undefined,
): Promise<Html> {
  const accounts = desk.accounts();
  const hasUnnamed = desk.hasUnnamed();
  const isFew = accounts.length <= MOST_TABS && accounts.length > (hasUnnamed ? 0 : 1);
  const tabs = isFew ? await desk.healthOf(accounts) : [];
  const closed = hasUnnamed ? await desk.closedLeft() : [];
  const isChosenByName = hasUnnamed || (accounts.length > 1 && !isFew);
  const links = elsewhere.map(({ text, href }) => html`<li><a href="${href}">${text}</a></li>`);
  return html`${
    (isFew || isChosenByName) &&
    html`<nav aria-label="Accounts">
        ${isFew && tabsOf(tabs, current)}${isChosenByName && chooser(isFew && accounts.includes(current ?? '') ? '' : (current ?? ''), isFew)}
      </nav>
      ${closedLeft(closed)}`
  }
  ${
    links.length > 0 &&
    html`<nav class="ways" aria-label="Elsewhere">
      <ul>
        ${links}
      </ul>
    </nav>`
  }`;
}

function tabsOf(accounts: readonly AccountHealth[], current: string | undefined): Html {
  return html`<ul>
    ${accounts.map((health) => {
      const { account } = health;
      const isCurrent = account === current;
      return html`<li>
        <a href="${wayTo({ account })}" ${isCurrent && html`aria-current="page"`}
          >${account}${badge(health)}</a
        >
      </li>`;
    })}
  </ul>`;
}

/** How much is left for a person, unless there is nothing. */
function badge({ health, events, movements }: AccountHealth): Html | undefined {
  if (health === 'unavailable') return html` <span class="badge">does not answer</span>`;
  const left = (events?.failed ?? 0) + (movements?.needsAttention ?? 0);
  return left === 0 ? undefined : html` <span class="badge">${left} left</span>`;
}

/** Accounts that no other part of the page names, because nobody has them open. */
function closedLeft(names: readonly string[] | null): Html | undefined {
  if (names === null) {
    return html`<p class="note">
      Their store did not say which closed accounts have anything left.
    </p>`;
  }
  if (names.length === 0) return undefined;
  const shown = names.slice(0, MOST_CLOSED);
  return html`<nav aria-label="Closed accounts with something left">
    <p class="note">Closed, with something left for a person:</p>
    <ul>
      ${shown.map((account) => html`<li><a href="${wayTo({ account })}">${account}</a></li>`)}
    </ul>
    ${names.length > shown.length && html`<p class="note">And ${names.length - shown.length} more.</p>`}
  </nav>`;
}

function chooser(current: string, isBesideTabs: boolean): Html {
  return html`<form class="by-name" method="get" action="?">
    <label for="account">${isBesideTabs ? 'Another account' : 'Account'}</label>
    <input
      type="text"
      id="account"
      name="account"
      value="${current}"
      required
      maxlength="64"
      autocomplete="off"
    />
    <button type="submit" class="second">Open</button>
  </form>`;
}
