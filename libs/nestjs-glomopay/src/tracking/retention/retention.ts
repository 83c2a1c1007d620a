import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import {
  publishRetention,
  type GlomopayRetentionMessage,
} from '../../diagnostics/retention-message.js';
import { jittered } from '../../values/jittered.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { daysBefore } from '../store/purge-age.js';
import { TrackingStore } from '../store/tracking-store.js';

const EVERY_MS = 3_600_000;
const SPREAD = [0.8, 1.2] as const;
/** How long one run goes on to forget events, and what it asks of the store at once. */
const MOST_MS = 30_000;
const EVENTS_AT_ONCE = 2_000;

/** What a run has forgotten. */
export type Forgotten = Pick<GlomopayRetentionMessage, 'events' | 'histories' | 'keys'>;

/**
 * Forgets what is older than the host keeps it, about once an hour in every process, however often it is
 * asked to. Several processes at once share the work: what one of them forgets, the others do not find.
 */
@Injectable()
export class Retention {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #clock: Clock;
  #dueAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#clock = clock;
  }

  /** Runs when it is time; one run at once. @throws what the store has failed with; the next run goes on. */
  async tidy(): Promise<void> {
    if (this.#stopped || this.#clock.now() < this.#dueAt) return;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Begins nothing more, so that what runs ends soon. */
  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const { account, retention } = this.#config;
    const { eventsDays, historyDays, keysDays } = retention;
    if (eventsDays === undefined && historyDays === undefined) {
      this.#dueAt = Number.POSITIVE_INFINITY;
      return;
    }
    this.#dueAt = this.#clock.now() + jittered(EVERY_MS, SPREAD, () => this.#clock.random());
    const startedAt = this.#clock.now();
    const forgotten = {
      events: await this.#unlessStopped(eventsDays, (before) => this.#purgeEvents(before)),
      histories: await this.#unlessStopped(historyDays, (before) =>
        this.#store.purge(account, before),
      ),
      keys: await this.#unlessStopped(keysDays, (before) =>
        this.#store.inbox.forgetKeys(account, before),
      ),
    };
    this.#report(forgotten, this.#clock.now() - startedAt);
  }

  /** Some at a time. Where the time is over first, the next question goes on. */
  async #purgeEvents(before: Date): Promise<number> {
    const { account } = this.#config;
    const which = { states: ['handled'], atMost: EVENTS_AT_ONCE } as const;
    const end = this.#clock.now() + MOST_MS;
    for (let total = 0; ;) {
      const purged = await this.#store.inbox.purge(account, before, which);
      total += purged;
      if (purged < EVENTS_AT_ONCE || this.#stopped) return total;
      if (this.#clock.now() >= end) {
        this.#dueAt = end;
        return total;
      }
    }
  }

  async #unlessStopped(
    days: number | undefined,
    forget: (before: Date) => Promise<number>,
  ): Promise<number> {
    if (days === undefined || this.#stopped) return 0;
    return forget(daysBefore(new Date(this.#clock.date()), days));
  }

  #report(forgotten: Forgotten, durationMs: number): void {
    const { account } = this.#config;
    const { events, histories, keys } = forgotten;
    if (events + histories + keys === 0) return;
    this.#logger.log(
      `${account}: forgot ${events} events, ${histories} histories and ${keys} keys of events, as old as the retention says`,
    );
    publishRetention({ account, ...forgotten, durationMs });
  }
}
