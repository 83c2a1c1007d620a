import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { eventPatternMatches, type GlomopayEventPattern } from '../../webhooks/event-pattern.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import {
  EVENT_LISTENER_NAMES,
  listenersOf,
  ON_GLOMOPAY_EVENT,
} from '../../webhooks/on-glomopay-event.decorator.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery, refused } from '../handlers/discovered-methods.js';
import type { HandlerNote } from '../store/handler-note.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { PaymentWitness } from '../payments/payment-witness.js';
import { RefundWitness } from '../refunds/refund-witness.js';

/** More types than the gateway has; who listens to another is looked up each time. */
const REMEMBERED_TYPES = 500;

/** The names under which the trackers themselves listen. */
const PAYMENTS = 'PaymentTracker';
const REFUNDS = 'RefundTracker';
const KIND = 'a listener of webhook events';
const taken = 'and the tracker itself has that name; give it another';

const listenersIn = discovery(KIND, ON_GLOMOPAY_EVENT, EVENT_LISTENER_NAMES);
const bootLines = new BootLines();

/** Somebody who wants to hear of events. */
export interface EventListener {
  /** The name given to it, else `Class.method`: progress is kept by it. */
  readonly name: string;
  /** The account that it is for; empty: every one. */
  readonly account: string;
  readonly patterns: readonly GlomopayEventPattern[];
  readonly hear: (event: GlomopayEvent, delivery: EventDelivery) => unknown;
}

/** The application's `@OnGlomopayEvent()` methods, found at boot, and the trackers themselves. */
@Injectable()
export class EventListeners implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #modules: ModulesContainer;
  readonly #config: TrackingConfig;
  readonly #trackers: readonly EventListener[];
  readonly #byType = new Map<string, readonly EventListener[]>();
  #listeners: readonly EventListener[];

  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(PaymentWitness) payments: PaymentWitness,
    @Inject(RefundWitness) refunds: RefundWitness,
  ) {
    this.#modules = modules;
    this.#config = config;
    this.#trackers = [
      {
        name: PAYMENTS,
        account: '',
        patterns: ['payment.*', 'orders.*', 'payment_link.*', 'subscription.*'],
        hear: (event) => payments.hear(event),
      },
      {
        name: REFUNDS,
        account: '',
        patterns: ['refund.*'],
        hear: (event) => refunds.hear(event),
      },
    ];
    this.#listeners = this.#trackers;
  }

  /** @throws {GlomopayConfigurationError} a listener belongs to a request-scoped provider, or its name is bad. */
  onApplicationBootstrap(): void {
    const found = listenersIn(this.#modules, this.#config.account).map(
      ({ name, account, prototype, method, call }) => ({
        name,
        account,
        patterns: listenersOf(prototype, method),
        hear: call,
      }),
    );
    for (const { name } of found) if (this.#isTracker(name)) throw refused(name, KIND, taken);
    this.#listeners = [...this.#trackers, ...found];
    this.#byType.clear();
    const lines = this.#listeners
      .map(({ name, patterns }) => `${name} (${patterns.join(', ')})`)
      .join('; ');
    const say = (whose: string): void => this.#logger.log(`webhook events${whose} go to ${lines}`);
    bootLines.say(this.#modules, this.#config, lines, this.#config.work ? say : undefined);
  }

  /** What the listeners of the account are called, those of the trackers included. */
  names(): readonly string[] {
    return this.#listeners.map(({ name }) => name);
  }

  /** The application's own listeners for the store, so that other processes know what they lack. */
  notes(): readonly HandlerNote[] {
    return this.#listeners
      .filter(({ name }) => !this.#isTracker(name))
      .map(({ name, account }) => ({ account, kind: 'event', handler: name }));
  }

  /** Who listens to events of a type. */
  of(type: string): readonly EventListener[] {
    const known = this.#byType.get(type);
    if (known !== undefined) return known;
    const listeners = this.#listeners.filter(({ patterns }) =>
      patterns.some((pattern) => eventPatternMatches(pattern, type)),
    );
    if (this.#byType.size < REMEMBERED_TYPES) this.#byType.set(type, listeners);
    return listeners;
  }

  #isTracker(name: string): boolean {
    return this.#trackers.some((tracker) => tracker.name === name);
  }
}
