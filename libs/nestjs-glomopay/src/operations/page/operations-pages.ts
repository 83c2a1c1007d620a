import { WebhookInbox } from '../../tracking/inbox/webhook-inbox.js';
import { TrackedMovements } from '../../tracking/movements/tracked-movements.js';
import type { InboxEvent } from '../../tracking/store/inbox-event.js';
import { kinds } from '../../tracking/store/tracked-row.js';
import { type Html, html } from '../html.js';
import type { Input } from '../input.js';
import type { OperationsDesk } from '../operations-desk.js';
import type { OperationsConfig } from '../operations-options.js';
import { errorAnswerOf, isKnown, OperationsRefusal } from '../operations-refusal.js';
import { pageOfEvents } from '../page-of-events.js';
import type { ReconciliationDesk } from '../reconciliation-desk.js';
import { accountNavigation } from './account-navigation.js';
import { eventCases, eventView, payloadView, replayAllForm } from './event-views.js';
import { frame, policy } from './frame.js';
import { movementTable, movementView } from './movement-views.js';
import { findForm, none, tiles } from './overview-parts.js';
import { reconciliationView } from './reconciliation-view.js';
import { wayTo } from './words.js';

/** A person works through so many at a time. */
const SHOWN = 50;

/** A page as it is sent. */
export interface PageAnswer {
  readonly status: number;
  readonly markup: string;
  readonly policy: string;
}

interface View {
  readonly title: string;
  readonly body: Html;
}

/** The views of the page: everything is read here, and can be without a script. */
export class OperationsPages {
  readonly #desk: OperationsDesk;
  readonly #reconciliations: ReconciliationDesk;
  readonly #config: OperationsConfig;

  constructor(desk: OperationsDesk, reconciliations: ReconciliationDesk, config: OperationsConfig) {
    this.#desk = desk;
    this.#reconciliations = reconciliations;
    this.#config = config;
  }

  /** The view that the address asks for. What cannot be shown becomes a page that says so. */
  async answer(query: Input): Promise<PageAnswer> {
    const account = query.optionalText('account') ?? this.#desk.accounts()[0];
    const navigation = await accountNavigation(this.#desk, this.#config.links, account);
    if (account === undefined) {
      return { status: 200, markup: frame('Overview', navigation, noneChosen()), policy };
    }
    try {
      const { title, body } = await this.#view(account, query);
      return { status: 200, markup: frame(title, navigation, body), policy };
    } catch (thrown) {
      if (!isKnown(thrown)) throw thrown;
      return pageOf(thrown, navigation);
    }
  }

  async #view(account: string, query: Input): Promise<View> {
    switch (query.optionalText('view')) {
      case 'movement':
        return this.#movement(account, query);
      case 'event':
        return this.#event(account, query);
      case 'find':
        return this.#found(account, query.text('text').trim());
      default:
        return this.#overview(account, query);
    }
  }

  async #overview(account: string, query: Input): Promise<View> {
    const before = query.moment('before');
    const [health, left, parked] = await this.#desk.with(account, async (of) => {
      const [inbox, movements] = [of(WebhookInbox), of(TrackedMovements)];
      const [counted] = await this.#desk.healthOf([account]);
      if (counted === undefined || counted.events === null || counted.movements === null) {
        throw new OperationsRefusal('not_stored');
      }
      return Promise.all([
        { ...counted, movements: counted.movements },
        movements.needingAttention(SHOWN),
        pageOfEvents(inbox, { state: 'failed', limit: SHOWN, before }),
      ]);
    });
    const older = parked.next && wayTo({ account, before: parked.next.toISOString() });
    return {
      title: 'Overview',
      body: html`<div class="head">
          <h1>What is left for a person</h1>
          ${findForm(account, '')}
        </div>
        ${tiles(health)}
        <section aria-labelledby="left-title">
          <header><h2 id="left-title">Needs a person</h2></header>
          ${left.length === 0 ? none('No payment, refund or collection needs a person.') : movementTable(account, left)}
          ${health.movements.needsAttention > left.length && html`<p class="note">The oldest ${left.length} of ${health.movements.needsAttention} are shown; closing them brings the next.</p>`}
        </section>
        <section aria-labelledby="parked-title">
          <header>
            <h2 id="parked-title">Parked events</h2>
            ${parked.events.length > 0 && replayAllForm(account, parked.events)}
          </header>
          ${parked.events.length === 0 ? none('No event is parked.') : eventCases(account, parked.events)}
          ${older && html`<p><a href="${older}">Older ones</a></p>`}
        </section>
        ${reconciliationView(account, this.#reconciliations.last(account), Date.now())}`,
    };
  }

  async #movement(account: string, query: Input): Promise<View> {
    const requestId = query.text('requestId');
    const kind = query.oneOf('kind', kinds);
    if (kind === undefined) throw new OperationsRefusal('not_found');
    const file = await this.#desk.file(account, { kind, requestId });
    const mayClose = this.#config.actor !== undefined;
    return { title: requestId, body: movementView(account, file, mayClose) };
  }

  async #event(account: string, query: Input): Promise<View> {
    return this.#desk.with(account, async (of) => {
      const inbox = of(WebhookInbox);
      const event = await inbox.find(query.text('id'));
      if (event === undefined) throw new OperationsRefusal('not_found');
      const isAsked = query.optionalText('payload') === 'shown';
      const payload = this.#config.payloads
        ? payloadView(account, event.id, isAsked ? await payloadOf(inbox, event.id) : undefined)
        : undefined;
      return { title: event.type ?? 'Event', body: eventView(account, event, payload) };
    });
  }

  async #found(account: string, text: string): Promise<View> {
    const [records, about, event] = await this.#desk.with(account, (of) =>
      Promise.all([
        text === '' ? [] : of(TrackedMovements).lookUp(text),
        text === '' ? [] : of(WebhookInbox).list({ objectId: text, limit: SHOWN }),
        text === '' ? undefined : of(WebhookInbox).find(text),
      ]),
    );
    const events: readonly InboxEvent[] = event === undefined ? about : [event, ...about];
    return {
      title: `Look-up: ${text}`,
      body: html`<div class="head">
          <div>
            <p><a href="${wayTo({ account })}">All that is left</a></p>
            <h1>Look-up</h1>
          </div>
          ${findForm(account, text)}
        </div>
        <section aria-labelledby="records-title">
          <header><h2 id="records-title">Records</h2></header>
          ${records.length === 0 ? none('No record has this as its request, its reference, its id, or what it is about.') : movementTable(account, records)}
        </section>
        <section aria-labelledby="events-title">
          <header><h2 id="events-title">Events</h2></header>
          ${events.length === 0 ? none('No event is about it.') : eventCases(account, events)}
        </section>`,
    };
  }
}

/** The page in place of the one that cannot be shown. */
export function pageOf(thrown: unknown, navigation = html``): PageAnswer {
  const { statusCode, error, message } = errorAnswerOf(thrown);
  const body = html`<h1>${error}</h1>
    <p>${message}</p>
    <p><a href="?">All that is left</a></p>`;
  return { status: statusCode, markup: frame(error, navigation, body), policy };
}

function noneChosen(): Html {
  return html`<div class="head"><h1>Choose an account</h1></div>
    ${none('No account is open in this process. Give the name of one above.')}`;
}

async function payloadOf(inbox: WebhookInbox, id: string): Promise<string> {
  const payload = await inbox.payload(id);
  return payload?.toString('utf8') ?? 'It was purged.';
}
