import type { ReconciliationFinding } from 'nestjs-glomopay';
import { type Html, html } from '../storefront/html.js';
import { fact, moment } from './case-parts.js';
import type { ReconciliationReport } from './reconciliation-desk.js';

const kinds: Readonly<Record<ReconciliationFinding['kind'], string>> = {
  missing_here: 'The gateway has it, and we have no record',
  missing_there: 'We have a record, and the gateway does not have it',
  amount: 'Another amount',
  currency: 'Another currency',
  subject: 'It pays something else',
  status: 'Another outcome',
  unreadable: 'The gateway lists something that cannot be read',
};

const states: Readonly<Record<ReconciliationReport['state'], string>> = {
  running: 'The comparison is under way.',
  ended: 'The comparison has ended.',
  failed: 'The comparison broke off: the log says why. What was mended stays.',
};

/** The last comparison with the gateway, and a button for the next one. */
export function reconciliationSection(report: ReconciliationReport | undefined): Html {
  return html`<section aria-labelledby="reconciliation-title">
    <h2 id="reconciliation-title">Comparison with the gateway</h2>
    ${report === undefined ? html`<p>There was none since the shop was started.</p>` : reportOf(report)}
    ${
      report?.state === 'running'
        ? undefined
        : html`<form method="post" action="/operations/reconciliations">
            <button class="button" type="submit">Compare the last 24 hours</button>
          </form>`
    }
  </section>`;
}

function reportOf({ from, to, state, summary, left }: ReconciliationReport): Html {
  const { compared, findings, repaired } = summary;
  const unmended = findings - repaired;
  return html`<p>${states[state]}</p>
    <p class="small">${moment(from)} to ${moment(to)}</p>
    <p>${compared} compared, ${findings} differ, ${repaired} of them mended.</p>
    ${
      left.length === 0
        ? undefined
        : html`<ul class="cases">
            ${left.map(findingCase)}
          </ul>`
    }
    ${
      unmended > left.length
        ? html`<p class="small">${left.length} of ${unmended} are shown.</p>`
        : undefined
    }`;
}

function findingCase(finding: ReconciliationFinding): Html {
  const { kind, objectId, requestId, here, there, createdAt } = finding;
  return html`<li class="panel case">
    <h3>${kinds[kind]}</h3>
    <dl class="receipt">
      ${fact('At the gateway', objectId)} ${fact('Request', requestId)}
      ${fact('Made', createdAt && moment(createdAt))} ${fact('Here', here && sideOf(here))}
      ${fact('There', there && sideOf(there))}
    </dl>
  </li>`;
}

function sideOf({
  status,
  amount,
  currency,
  subjectId,
}: NonNullable<ReconciliationFinding['here']>) {
  return [status, amount, currency, subjectId].filter((part) => part !== null).join(' ');
}
