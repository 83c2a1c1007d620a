import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { publishEvent } from '../../diagnostics/event-message.js';
import { ofAccount } from '../handlers/discovered-methods.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { HandlerRun } from './handler-run.js';
import type { InboxMessage } from './inbox-message.js';
import { InboxReader } from './inbox-reader.js';
import type { ClaimedEvent, HandlerProgress, InboxConclusion } from '../store/inbox-event.js';
import { jittered } from '../../values/jittered.js';

/** Margin between a handler's timeout and its lease, to record progress. */
const CONCLUDE_MARGIN_MS = 5_000;

/** Works off the events of an account's inbox, its own follow-ups included. */
@Injectable()
export class EventWorker {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #reader: InboxReader;
  readonly #roll: HandlerRoll;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(InboxReader) reader: InboxReader,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#reader = reader;
    this.#roll = roll;
    this.#clock = clock;
  }

  /** Which events wait; none where they are left to other processes. */
  async due(limit: number): Promise<readonly string[]> {
    const { account } = this.#config;
    return (await this.#roll.mayWork()) ? this.#store.inbox.due(account, limit) : [];
  }

  /** Claims an event, runs the handlers that are not done, and records how far each has come. */
  async handle(id: string): Promise<void> {
    const { account, inbox } = this.#config;
    if (this.#stopping.signal.aborted || !(await this.#roll.mayWork())) return;
    const leaseMs = inbox.handlerTimeoutMs + CONCLUDE_MARGIN_MS;
    const claim = await this.#store.inbox.claim({ account, id }, leaseMs);
    if (claim === undefined) return;
    await this.#store.inbox.conclude(claim, await this.#workOn(claim));
  }

  /** Tells running handlers, by their signal, that the application is about to end. */
  stop(): void {
    this.#stopping.abort();
  }

  async #workOn(claim: ClaimedEvent): Promise<InboxConclusion> {
    const message = this.#reader.read(claim);
    if (typeof message === 'string') {
      const of = ofAccount(this.#config.account);
      this.#logger.error(`event ${claim.id}${of} cannot be read and was parked: ${message}`);
      return unreadable(message);
    }
    const progress = await Promise.all([
      ...this.#due(claim, message).map((run) => this.#run(run, message.type)),
      ...this.#strangers(claim, message),
    ]);
    const standing = claim.handlers.filter(({ state }) => state !== 'open');
    const open = progress.filter(({ state }) => state === 'open');
    const failed = [...standing, ...progress].some(({ state }) => state === 'failed');
    return {
      type: message.type,
      objectId: message.objectId,
      state: open.length > 0 ? 'open' : failed ? 'failed' : 'handled',
      reason: null,
      nextTryMs: this.#pauseAfter(Math.min(...open.map(({ tries }) => tries))),
      handlers: progress,
    };
  }

  #due(claim: ClaimedEvent, { listeners }: InboxMessage): readonly HandlerRun[] {
    const before = new Map(claim.handlers.map((progress) => [progress.handler, progress]));
    return listeners
      .filter(({ name }) => (before.get(name)?.state ?? 'open') === 'open')
      .map((listener) => {
        const tries = before.get(listener.name)?.tries ?? 0;
        return new HandlerRun(listener, claim, tries, this.#store.inbox, this.#stopping.signal);
      });
  }

  async #run(run: HandlerRun, type: string): Promise<HandlerProgress> {
    const { handlerTimeoutMs, maxTries } = this.#config.inbox;
    const startedAt = this.#clock.now();
    const error = await run.run(handlerTimeoutMs);
    const isLast = run.tries + 1 >= maxTries;
    publishEvent({
      account: this.#config.account,
      handler: run.handler,
      type,
      state: error === null ? 'done' : isLast ? 'parked' : 'failed',
      attempt: run.attempt,
      durationMs: this.#clock.now() - startedAt,
    });
    if (error === null) return run.progress('done', null);
    const of = ofAccount(this.#config.account);
    const words = `${run.handler} failed at ${type} ${run.id}${of}, try ${run.attempt} of ${maxTries}: ${error}`;
    if (isLast) this.#logger.error(`${words}; parked`);
    else this.#logger.warn(words);
    return run.progress(isLast ? 'failed' : 'open', error);
  }

  /** Handlers of another version of the application: theirs to do, but not for ever. */
  #strangers(claim: ClaimedEvent, { listeners }: InboxMessage): readonly HandlerProgress[] {
    const known = new Set(listeners.map(({ name }) => name));
    return claim.handlers
      .filter(({ handler, state }) => state === 'open' && !known.has(handler))
      .map(({ handler, tries, error }) => ({
        handler,
        tries: tries + 1,
        state: tries + 1 >= this.#config.inbox.maxTries ? 'failed' : 'open',
        error: error ?? 'no such handler in the process that looked last',
      }));
  }

  /** Doubles from try to try, half of it by chance. */
  #pauseAfter(tries: number): number {
    const { retryBaseMs, retryMaxMs } = this.#config.inbox;
    if (!Number.isFinite(tries)) return 0;
    const bound = Math.min(retryMaxMs, retryBaseMs * 2 ** Math.max(0, tries - 1));
    return Math.round(jittered(bound, [0.5, 1], () => this.#clock.random()));
  }
}

function unreadable(reason: string): InboxConclusion {
  return {
    type: null,
    objectId: null,
    state: 'failed',
    reason,
    nextTryMs: 0,
    handlers: [],
  };
}
