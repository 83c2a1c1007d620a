import type { HandlerProgress, InboxEvent } from '../../tracking/store/inbox-event.js';
import { type Html, html } from '../html.js';
import { fact, id, moment, wayTo } from './words.js';

/** Events as cases, each with who failed at it and why. */
export function eventCases(account: string, events: readonly InboxEvent[]): Html {
  return html`<ul class="cases">
    ${events.map((event) => eventCase(account, event))}
  </ul>`;
}

function eventCase(account: string, event: InboxEvent): Html {
  return html`<li class="panel case">
    <header>
      <div>
        <h3><a href="${wayTo({ account, view: 'event', id: event.id })}">${typeOf(event)}</a></h3>
        <p class="note">
          ${moment(event.receivedAt)}${event.objectId && html` · ${id(event.objectId)}`} ·
          ${stateChip(event)}
        </p>
      </div>
      ${event.state === 'failed' && replayForm(account, event)}
    </header>
    ${event.reason && html`<p class="error">${event.reason}</p>`}${event.handlers.filter(({ state }) => state !== 'done').map(failure)}
  </li>`;
}

/** One event: what is known of it, and how far each handler has come. */
export function eventView(account: string, event: InboxEvent, payload: Html | undefined): Html {
  return html`<div class="head">
      <div>
        <p><a href="${wayTo({ account })}">All that is left</a></p>
        <h1>${typeOf(event)}</h1>
        <p>${stateChip(event)}</p>
      </div>
      ${event.state === 'failed' && replayForm(account, event)}
    </div>
    <section aria-labelledby="known-title">
      <header><h2 id="known-title">What is known</h2></header>
      <div class="panel">
        <dl class="facts">
          ${[
            fact('Event', id(event.id)),
            fact('About', about(account, event.objectId)),
            fact('Received', moment(event.receivedAt)),
            fact('Next try', event.nextTryAt && moment(event.nextTryAt)),
            fact('Why it cannot be read', event.reason),
          ].filter((each) => each !== undefined)}
        </dl>
      </div>
    </section>
    <section aria-labelledby="handlers-title">
      <header><h2 id="handlers-title">Handlers</h2></header>
      ${event.handlers.length === 0 ? html`<p class="panel none">No handler has run.</p>` : handlerTable(event.handlers)}
    </section>
    ${payload}`;
}

/** The body as it arrived, or the way to it: it has personal data, so it is shown when asked for. */
export function payloadView(account: string, eventId: string, payload: string | undefined): Html {
  const href = wayTo({ account, view: 'event', id: eventId, payload: 'shown' });
  return html`<section aria-labelledby="payload-title">
    <header><h2 id="payload-title">Payload</h2></header>
    <div class="panel">
      ${
        payload === undefined
          ? html`<a href="${href}">Show it</a>
              <span class="note">It has personal data of the payer.</span>`
          : html`<pre tabindex="0"><code>${payload}</code></pre>`
      }
    </div>
  </section>`;
}

/** Has all parked events handled again, or those of one type. */
export function replayAllForm(account: string, events: readonly InboxEvent[]): Html {
  const types = [...new Set(events.flatMap(({ type }) => type ?? []))].toSorted();
  return html`<form
    data-api="events/replay"
    class="fields"
    data-confirm="Have all of them handled again?"
  >
    <input type="hidden" name="account" value="${account}" />
    <div>
      <label class="note" for="type">Handle again all of</label>
      <select id="type" name="type">
        <option value="">every type</option>
        ${types.map((type) => html`<option>${type}</option>`)}
      </select>
    </div>
    <button type="submit" class="second" disabled>Handle all again</button>
  </form>`;
}

function replayForm(account: string, event: InboxEvent): Html {
  return html`<form data-api="event/replay">
    <input type="hidden" name="account" value="${account}" /><input
      type="hidden"
      name="id"
      value="${event.id}"
    />
    <button
      type="submit"
      class="second"
      disabled
      aria-label="Handle again: ${typeOf(event)}, ${event.id.slice(0, 8)}"
    >
      Handle again
    </button>
  </form>`;
}

function handlerTable(handlers: readonly HandlerProgress[]): Html {
  return html`<div class="panel wide">
    <table>
      <thead>
        <tr>
          <th scope="col">Handler</th>
          <th scope="col">State</th>
          <th scope="col">Failed</th>
          <th scope="col">It said</th>
        </tr>
      </thead>
      <tbody>
        ${handlers.map(
          ({ handler, state, tries, error }) =>
            html`<tr>
              <th scope="row" class="id">${handler}</th>
              <td>${state}</td>
              <td>${times(tries)}</td>
              <td>${error}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function failure({ handler, state, tries, error }: HandlerProgress): Html {
  return html`<p class="error">
    <code>${handler}</code> ${state}, ${times(tries)}${error !== null && html`<br />${error}`}
  </p>`;
}

function about(account: string, objectId: string | null): Html | null {
  return objectId === null
    ? null
    : html`<a class="id" href="${wayTo({ account, view: 'find', text: objectId })}"
        >${objectId}</a
      >`;
}

function stateChip({ state }: InboxEvent): Html {
  const [tone, word] = {
    open: ['', 'open'],
    handled: ['good', 'handled'],
    failed: ['bad', 'parked'],
  }[state] as [string, string];
  return html`<span class="chip ${tone}">${word}</span>`;
}

function typeOf({ type }: InboxEvent): string {
  return type ?? 'Unreadable event';
}

function times(tries: number): string {
  return tries === 1 ? '1 try' : `${tries} tries`;
}
