import type { HistoryLine } from '../../tracking/store/history-line.js';
import type { TrackedRecord, TrackedResolution } from '../../tracking/store/tracked-record.js';
import { type Html, html } from '../html.js';
import type { MovementFile } from '../operations-desk.js';
import { adviceFor, fact, id, moment, nameOf, stateChip, ways, wayTo } from './words.js';

/** Records in a table, each with the way to all that is known of it. */
export function movementTable(account: string, records: readonly TrackedRecord[]): Html {
  return html`<div class="panel wide">
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Why</th>
          <th scope="col">Reference</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        ${records.map((record) => row(account, record))}
      </tbody>
    </table>
  </div>`;
}

function row(account: string, record: TrackedRecord): Html {
  const { kind, requestId, reason, reference, createdAt } = record;
  const href = wayTo({ account, view: 'movement', kind, requestId });
  const why =
    reason === null && record.state !== 'needs_attention'
      ? ''
      : html`${adviceFor(record)}${reason && html`<br /><code class="quiet">${reason}</code>`}`;
  return html`<tr>
    <th scope="row"><a href="${href}">${nameOf(record)}</a><br />${stateChip(record)}</th>
    <td>${why}</td>
    <td>${id(reference)}</td>
    <td>${moment(createdAt)}</td>
  </tr>`;
}

/** One record: what is known, what became of it step by step, and the form to close it. */
export function movementView(account: string, file: MovementFile, mayClose: boolean): Html {
  const { record, history, mayCloseAs } = file;
  const isLeft = mayCloseAs.length > 0;
  return html`<div class="head">
      <div>
        <p><a href="${wayTo({ account })}">All that is left</a></p>
        <h1>${nameOf(record)}</h1>
        <p>
          ${stateChip(record)} ${record.reason && html`<code class="quiet">${record.reason}</code>`}
        </p>
      </div>
    </div>
    ${
      isLeft &&
      html`<section aria-labelledby="close-title">
        <header><h2 id="close-title">Close it</h2></header>
        <div class="panel">
          <p>${adviceFor(record)}</p>
          ${mayClose ? closingForm(account, record, mayCloseAs) : html`<p class="note">It cannot be closed here: the application does not say who you are (option <code>actor</code>).</p>`}
        </div>
      </section>`
    }
    ${record.resolution !== null && closedAs(record)}
    <section aria-labelledby="known-title">
      <header><h2 id="known-title">What is known</h2></header>
      <div class="panel"><dl class="facts">${facts(account, record)}</dl></div>
    </section>
    <section aria-labelledby="history-title">
      <header><h2 id="history-title">What became of it</h2></header>
      <div class="panel">
        <ol class="story">
          ${history.map((line) => storyLine(account, line))}
        </ol>
      </div>
    </section>`;
}

function facts(account: string, record: TrackedRecord): readonly Html[] {
  const lookUp = (text: string): Html =>
    html`<a class="id" href="${wayTo({ account, view: 'find', text })}">${text}</a>`;
  return [
    fact('Reference', lookUp(record.reference)),
    fact('Request', id(record.requestId)),
    fact('At the gateway', record.objectId === null ? null : lookUp(record.objectId)),
    fact('About', record.subjectId === null ? null : lookUp(record.subjectId)),
    fact('The gateway says', record.gatewayStatus),
    fact('Compliance', record.complianceStatus),
    fact('Refused with', record.errorCode),
    fact('In its words', record.errorDescription),
    fact('Started', moment(record.createdAt)),
    fact('Last changed', moment(record.updatedAt)),
    fact('Looked at', record.checks === 1 ? 'once' : `${record.checks} times`),
    fact('Next look', record.nextCheckAt && moment(record.nextCheckAt)),
  ].filter((each) => each !== undefined);
}

function closedAs({ resolution, resolvedBy, resolutionNote }: TrackedRecord): Html {
  return html`<section aria-labelledby="closed-title">
    <header><h2 id="closed-title">Closed by a person</h2></header>
    <div class="panel">
      <dl class="facts">
        ${[
          fact('As', resolution && ways[resolution].name),
          fact('By', resolvedBy),
          fact('Why', resolutionNote),
        ].filter((each) => each !== undefined)}
      </dl>
    </div>
  </section>`;
}

function closingForm(
  account: string,
  { kind, requestId }: TrackedRecord,
  offered: readonly TrackedResolution[],
): Html {
  return html`<form data-api="movement/resolve">
    <input type="hidden" name="account" value="${account}" /><input
      type="hidden"
      name="kind"
      value="${kind}"
    /><input type="hidden" name="requestId" value="${requestId}" />
    <fieldset>
      <legend>As</legend>
      ${offered.map((as) => {
        const { name, does, ask } = ways[as];
        return html`<label class="choice"
          ><input
            type="radio"
            name="as"
            value="${as}"
            required${ask === undefined ? '' : html` data-confirm="${ask}"`}
          /><span>${name}<small>${does}</small></span></label
        >`;
      })}
    </fieldset>
    <p><label for="note">Why</label></p>
    <textarea
      id="note"
      name="note"
      maxlength="1000"
      required
      aria-describedby="note-rule"
    ></textarea>
    <p class="note" id="note-rule">
      It stays in the history, under your name. No card number, security code or key: name a payment
      by its id.
    </p>
    <button type="submit" disabled>Close</button>
  </form>`;
}

function storyLine(account: string, line: HistoryLine): Html {
  const { at, to, reason, gatewayStatus, witness, note } = line;
  const who =
    witness.kind === 'webhook' && witness.id !== null
      ? html`<a href="${wayTo({ account, view: 'event', id: witness.id })}">webhook</a>`
      : witness.id === null
        ? witness.kind
        : `${witness.kind} ${witness.id}`;
  return html`<li>
    <strong>${to.replace('_', ' ')}</strong> ${reason && html`<code>${reason}</code>`}
    <span class="quiet">by ${who}${gatewayStatus && `, the gateway says ${gatewayStatus}`}</span
    ><br />
    <span class="note">${moment(at)}</span>${note !== null && html`<p>“${note}”</p>`}
  </li>`;
}
