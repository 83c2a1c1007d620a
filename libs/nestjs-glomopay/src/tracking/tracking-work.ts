import { Inject, Injectable } from '@nestjs/common';
import { HandlerRoll } from './handlers/handler-roll.js';
import { EventWorker } from './inbox/event-worker.js';
import { neutrally } from '../values/neutral-context.js';
import { MovementSweeper } from './movements/movement-sweeper.js';
import type { TrackingConfig } from './config/tracking-options.js';
import { Retention } from './retention/retention.js';
import { TrackingStore } from './store/tracking-store.js';
import { GLOMOPAY_TRACKING_CONFIG } from './config/tracking.tokens.js';
import { groundOf } from './engine/work-ground.js';
import type { Work, WorkGround, WorkRound } from './engine/work-engine.js';

/**
 * What an account's engine drives: the events of its inbox, and the sweep over its payments. Whatever
 * engine calls, and on whose behalf, the work runs in an async context of no caller.
 */
@Injectable()
export class TrackingWork implements Work {
  readonly account: string;
  readonly ground: WorkGround;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  readonly #config: TrackingConfig;
  readonly #events: EventWorker;
  readonly #sweeper: MovementSweeper;
  readonly #roll: HandlerRoll;
  readonly #retention: Retention;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(EventWorker) events: EventWorker,
    @Inject(MovementSweeper) sweeper: MovementSweeper,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(Retention) retention: Retention,
  ) {
    this.account = config.account;
    this.ground = groundOf(store);
    this.pollEveryMs = config.inbox.pollEveryMs;
    this.sweepEveryMs = config.sweep.everyMs;
    this.#config = config;
    this.#events = events;
    this.#sweeper = sweeper;
    this.#roll = roll;
    this.#retention = retention;
  }

  handle(eventId: string): Promise<void> {
    return neutrally(() => this.#events.handle(eventId));
  }

  due(limit: number): Promise<readonly string[]> {
    return neutrally(() => this.#events.due(limit));
  }

  sweep(): Promise<WorkRound> {
    return neutrally(async () => {
      const { checked } = await this.#sweeper.sweep();
      return { checked, hasMore: checked >= this.#config.sweep.batch };
    });
  }

  tidy(): Promise<void> {
    return neutrally(() => this.#retention.tidy());
  }

  /** Tells what forgets old events that the application is about to end. */
  stopTidying(): void {
    this.#retention.stop();
  }

  mayTake(what: 'events' | 'payments'): Promise<boolean> {
    return neutrally(() => (what === 'events' ? this.#roll.mayWork() : this.#roll.mayConclude()));
  }
}
