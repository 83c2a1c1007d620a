import type { PaymentEvent } from '../../payment-events/payment-event.js';
import { EventLine } from '../event-line.js';
import { type Html, html } from '../html.js';

/**
 * What the gateway has told about a payment. On a live page the script adds to the list, so it is
 * there from the start, and each further line is read out.
 */
export function eventTimeline(events: readonly PaymentEvent[], isLive: boolean): Html | undefined {
  if (events.length === 0 && !isLive) {
    return undefined;
  }
  return html`<section class="timeline" aria-labelledby="events-title">
    <h2 id="events-title">Messages from the gateway</h2>
    ${isLive ? html`<p id="no-events" class="small" ${events.length > 0 ? html`hidden` : undefined}>None yet.</p>` : undefined}
    <div ${isLive ? html`role="log" aria-labelledby="events-title"` : undefined}>
      <ol id="events">
        ${events.map(line)}
      </ol>
    </div>
  </section>`;
}

function line(event: PaymentEvent): Html {
  const { text, receivedAt, time } = new EventLine(event);
  return html`<li>${text} <time datetime="${receivedAt}">${time}</time></li>`;
}
