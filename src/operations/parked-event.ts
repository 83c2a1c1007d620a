import type { HandlerProgress, InboxEvent } from 'nestjs-glomopay';
import { type Html, html } from '../storefront/html.js';
import { fact, moment } from './case-parts.js';

/** An event that could not be handled, who failed at it and why, and a button to try again. */
export function parkedEvent(event: InboxEvent): Html {
  const name = event.type ?? 'Unreadable event';
  return html`<li class="panel case">
    <h3>${name}</h3>
    <dl class="receipt">
      ${fact('Received', moment(event.receivedAt))} ${fact('About', event.objectId)}
      ${fact('Why', event.reason)} ${event.handlers.map(handler)}
      ${fact('Event', html`<span class="reference">${event.id}</span>`)}
    </dl>
    <form method="post" action="/operations/events/${event.id}/replay">
      <button
        class="button"
        type="submit"
        aria-label="Handle again: ${name}, ${event.id.slice(0, 8)}"
      >
        Handle again
      </button>
    </form>
  </li>`;
}

function handler({ handler: name, state, tries, error }: HandlerProgress): Html {
  if (state === 'done') {
    return fact(name, 'done');
  }
  const words = `${state}, ${tries === 1 ? '1 try' : `${tries} tries`}`;
  return fact(name, error === null ? words : html`${words}<br />${error}`);
}
