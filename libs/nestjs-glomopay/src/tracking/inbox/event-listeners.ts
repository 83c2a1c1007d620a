import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { eventPatternMatches, type GlomopayEventPattern } from '../../webhooks/event-pattern.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import { listenersOf } from '../../webhooks/on-glomopay-event.decorator.js';
import { discoveredMethods, ofAccount } from '../discovered-methods.js';
import { GLOMOPAY_TRACKING_ACCOUNT } from '../tracking.tokens.js';
import { PaymentWitness } from './payment-witness.js';

/** More types than the gateway has; who listens to another is looked up each time. */
const REMEMBERED_TYPES = 500;

/** Somebody who wants to hear of events. */
export interface EventListener {
  /** `Class.method`: progress is kept by it. */
  readonly name: string;
  readonly patterns: readonly GlomopayEventPattern[];
  readonly hear: (event: GlomopayEvent, delivery: EventDelivery) => unknown;
}

/** The application's `@OnGlomopayEvent()` methods, found at boot, and the payment tracker itself. */
@Injectable()
export class EventListeners implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #account: string;
  readonly #byType = new Map<string, readonly EventListener[]>();
  #listeners: readonly EventListener[];

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(GLOMOPAY_TRACKING_ACCOUNT) account: string,
    @Inject(PaymentWitness) witness: PaymentWitness,
  ) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#account = account;
    this.#listeners = [
      {
        name: 'PaymentTracker',
        patterns: ['payment.*', 'orders.*'],
        hear: (event) => witness.hear(event),
      },
    ];
  }

  /** @throws {GlomopayConfigurationError} a listener belongs to a request-scoped provider. */
  onApplicationBootstrap(): void {
    const found = discoveredMethods(
      this.#discovery,
      this.#scanner,
      'a listener of webhook events',
      (prototype, method) => listenersOf(prototype, method).length > 0,
      this.#account,
    );
    this.#listeners = [
      ...this.#listeners,
      ...found.map(({ name, prototype, method, call }) => ({
        name,
        patterns: listenersOf(prototype, method),
        hear: call,
      })),
    ];
    this.#byType.clear();
    const lines = this.#listeners.map(({ name, patterns }) => `${name} (${patterns.join(', ')})`);
    this.#logger.log(`webhook events${ofAccount(this.#account)} go to ${lines.join('; ')}`);
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
}
