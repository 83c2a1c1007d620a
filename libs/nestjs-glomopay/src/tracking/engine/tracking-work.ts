import { Inject, Injectable } from '@nestjs/common';
import { EventWorker } from '../inbox/event-worker.js';
import { PaymentSweeper } from '../payment-sweeper.js';
import type { TrackingConfig } from '../tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../tracking.tokens.js';
import type { Work } from './work-engine.js';

/** What an account's engine drives: the events of its inbox, and the sweep over its payments. */
@Injectable()
export class TrackingWork implements Work {
  readonly account: string;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  readonly #config: TrackingConfig;
  readonly #events: EventWorker;
  readonly #sweeper: PaymentSweeper;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(EventWorker) events: EventWorker,
    @Inject(PaymentSweeper) sweeper: PaymentSweeper,
  ) {
    this.account = config.account;
    this.pollEveryMs = config.inbox.pollEveryMs;
    this.sweepEveryMs = config.sweep.everyMs;
    this.#config = config;
    this.#events = events;
    this.#sweeper = sweeper;
  }

  handle(eventId: string): Promise<void> {
    return this.#events.handle(eventId);
  }

  due(limit: number): Promise<readonly string[]> {
    return this.#config.store.inbox.due(this.account, limit);
  }

  sweep(): Promise<unknown> {
    return this.#sweeper.sweep();
  }
}
