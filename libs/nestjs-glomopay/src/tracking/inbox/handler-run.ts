import { scrub } from '../../logging/scrub.js';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { neutrally } from '../../values/neutral-context.js';
import type { Listener } from '../handlers/listener.js';
import type { ClaimedEvent, HandlerProgress } from '../store/inbox-event.js';
import { LeaseLostError, type InboxStore } from '../store/inbox-store.js';

/** One for all runs: building an Error is expensive, and nearly no run has a listener at its end. */
const ENDED = new DOMException('The handler has ended, or its time', 'AbortError');

/** One try of one handler with one event, whether of the gateway or our own. */
export class HandlerRun implements EventDelivery {
  readonly account: string;
  readonly id: string;
  readonly handler: string;
  readonly attempt: number;
  readonly #listener: Listener;
  readonly #claim: ClaimedEvent;
  readonly #store: InboxStore;
  readonly #end = new AbortController();
  readonly #outOfTime = new AbortController();
  readonly #stopping: AbortSignal;
  #signal: AbortSignal | undefined;
  #committing: Promise<void> | undefined;

  constructor(
    listener: Listener,
    claim: ClaimedEvent,
    /** How often the handler has failed before. */
    readonly tries: number,
    store: InboxStore,
    stopping: AbortSignal,
  ) {
    this.account = claim.account;
    this.id = claim.id;
    this.handler = listener.name;
    this.attempt = tries + 1;
    this.#stopping = stopping;
    this.#listener = listener;
    this.#claim = claim;
    this.#store = store;
  }

  /**
   * Aborts when the handler's time is over, when it has ended, or when the application stops. Made
   * when a handler asks for it: few do, and it is the most expensive part of a run.
   */
  get signal(): AbortSignal {
    return (this.#signal ??= AbortSignal.any([this.#end.signal, this.#stopping]));
  }

  commit(work: (tx: unknown) => Promise<void>): Promise<void> {
    if (this.#end.signal.aborted) return Promise.reject(new LeaseLostError());
    if (this.#committing !== undefined) {
      return Promise.reject(new TypeError('A delivery is committed once'));
    }
    // Work that outlives its time is rolled back, so that it does not hold the event for ever.
    this.#committing = this.#store.commit(this.#claim, this.handler, (tx) =>
      Promise.race([work(tx), rejectedBy(this.#outOfTime.signal)]),
    );
    // Awaited again when the handler has ended; this avoids an unhandled rejection until then.
    this.#committing.catch(() => undefined);
    return this.#committing;
  }

  /** Runs the handler. Gives null when it is done, else what went wrong; never rejects. */
  async run(timeoutMs: number): Promise<string | null> {
    const timer = setTimeout(() => {
      this.#outOfTime.abort(new Error(`it did not end within ${timeoutMs} ms`));
      this.#end.abort(ENDED);
    }, timeoutMs);
    try {
      await Promise.race([this.#hear(), rejectedBy(this.#outOfTime.signal)]);
      return null;
    } catch (thrown) {
      return (await this.#isCommitted()) ? null : described(thrown);
    } finally {
      clearTimeout(timer);
      this.#end.abort(ENDED);
    }
  }

  progress(state: HandlerProgress['state'], error: string | null): HandlerProgress {
    const tries = error === null ? this.tries : this.tries + 1;
    return { handler: this.handler, state, tries, error };
  }

  /**
   * Begins in an async context that is no request's and no other handler's. A commit that has failed
   * is a failure, also when the handler has kept it to itself.
   */
  async #hear(): Promise<void> {
    await neutrally(() => this.#listener.hear(this));
    await this.#committing;
  }

  /** What was committed stands, whatever the handler did afterwards. */
  async #isCommitted(): Promise<boolean> {
    if (this.#committing === undefined) return false;
    return this.#committing.then(
      () => true,
      () => false,
    );
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** What a handler said, fit for a log and a table: nothing that looks like a card or a key. */
function described(thrown: unknown): string {
  return thrown instanceof Error
    ? scrub(`${thrown.name}: ${thrown.message}`, [])
    : 'it threw something that is not an Error';
}
