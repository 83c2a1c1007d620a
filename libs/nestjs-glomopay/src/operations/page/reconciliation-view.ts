import type {
  BookEntry,
  ReconciliationFinding,
} from '../../tracking/reconciliation/reconciliation-finding.js';
import { type Html, html } from '../html.js';
import type { ReconciliationReport } from '../reconciliation-desk.js';
import { findings, id, moneyOf, moment, wayTo } from './words.js';

const DAY_MS = 86_400_000;

const states: Readonly<Record<ReconciliationReport['state'], string>> = {
  running: 'A comparison is under way.',
  ended: 'The last comparison has ended.',
  cancelled: 'The last comparison was cancelled. What was mended stays.',
  failed: 'The last comparison broke off: the log says why. What was mended stays.',
};

/** The last comparison with the gateway, and the form for the next one. */
export function reconciliationView(
  account: string,
  last: ReconciliationReport | undefined,
  now: number,
): Html {
  return html`<section aria-labelledby="books-title">
    <header><h2 id="books-title">Comparison with the gateway</h2></header>
    <div class="panel">
      <form data-api="reconciliation">
        <input type="hidden" name="account" value="${account}" />
        <div class="fields">
          <div>
            <label for="from">From (UTC)</label
            ><input
              type="datetime-local"
              id="from"
              name="from"
              required
              value="${minuteOf(now - DAY_MS)}"
            />
          </div>
          <div>
            <label for="to">Up to (UTC), or nothing for now</label
            ><input type="datetime-local" id="to" name="to" />
          </div>
          <label class="choice"
            ><input type="checkbox" name="repair" checked /> Mend what is safe</label
          >
          <button type="submit" disabled>Compare</button
          ><button type="button" class="second" id="cancel" hidden>Cancel</button>
        </div>
      </form>
      <ul class="cases" id="found" aria-label="Differences of this comparison"></ul>
      ${last === undefined ? html`<p class="note">Nothing was compared since this process began.</p>` : reportOf(account, last)}
    </div>
  </section>`;
}

function reportOf(account: string, report: ReconciliationReport): Html {
  const { from, to, state, summary, left, by, error } = report;
  const { compared, findings: differing, repaired } = summary;
  const unmended = differing - repaired;
  return html`<p>
      ${states[state]} ${compared} compared, ${differing} differ, ${repaired} of them mended.
    </p>
    <p class="note">${moment(from)} to ${moment(to)}, by ${by}</p>
    ${error !== null && html`<p class="error">${error.message}</p>`}
    ${
      left.length > 0 &&
      html`<div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">Left for a person</th>
              <th scope="col">Which</th>
              <th scope="col">Here</th>
              <th scope="col">There</th>
            </tr>
          </thead>
          <tbody>
            ${left.map((each) => findingRow(account, each))}
          </tbody>
        </table>
      </div>`
    }
    ${unmended > left.length && html`<p class="note">${left.length} of ${unmended} are shown.</p>`}`;
}

function findingRow(account: string, finding: ReconciliationFinding): Html {
  const { kind, objectId, requestId, here, there } = finding;
  const text = objectId ?? requestId;
  const which =
    text === null ? '' : html`<a href="${wayTo({ account, view: 'find', text })}">${id(text)}</a>`;
  return html`<tr>
    <td>${findings[kind]}</td>
    <td>${which}</td>
    <td>${sideOf(here)}</td>
    <td>${sideOf(there)}</td>
  </tr>`;
}

function sideOf(entry: BookEntry | null): string {
  if (entry === null) return 'nothing';
  const { status, amount, currency } = entry;
  return amount === null || currency === null ? status : `${status}, ${moneyOf(amount, currency)}`;
}

function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}
