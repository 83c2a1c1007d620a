import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery, type DiscoveredMethod } from '../handlers/discovered-methods.js';
import type { HandlerNote } from '../store/handler-note.js';
import { ON_PAYMENT_OUTCOME, OUTCOME_HANDLER_NAMES } from './on-payment-outcome.decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';

const handlersOf = discovery('an outcome handler', ON_PAYMENT_OUTCOME, OUTCOME_HANDLER_NAMES);
const bootLines = new BootLines();
const LEFT = 'left to other processes (work: false)';

/** The application's `@OnPaymentOutcome()` methods, found at boot. */
@Injectable()
export class OutcomeHandlers implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #modules: ModulesContainer;
  readonly #account: string;
  readonly #works: boolean;
  #handlers: readonly DiscoveredMethod[] = [];

  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    this.#modules = modules;
    this.#account = config.account;
    this.#works = config.work;
  }

  /** @throws {GlomopayConfigurationError} a handler belongs to a request-scoped provider, or its name is bad. */
  onApplicationBootstrap(): void {
    this.#handlers = handlersOf(this.#modules, this.#account);
    const names = this.names().join(', ');
    bootLines.say(this.#modules, this.#account, this.#works ? names : LEFT, (whose) => {
      if (!this.#works) this.#logger.log(`outcomes and events${whose} are ${LEFT}`);
      else if (names !== '') this.#logger.log(`payment outcomes${whose} go to ${names}`);
      else
        this.#logger.warn(
          `payment outcomes${whose} go to nobody: no @OnPaymentOutcome() method was found`,
        );
    });
  }

  /** What the handlers of the account are called; empty before boot has ended. */
  names(): readonly string[] {
    return this.#handlers.map(({ name }) => name);
  }

  /** The same for the store, so that other processes know what they lack. */
  notes(): readonly HandlerNote[] {
    return this.#handlers.map(({ name, account }) => ({ account, kind: 'outcome', handler: name }));
  }

  /**
   * Runs every handler in the transaction; the first that throws ends it. Each begins in the async
   * context of the transaction, whatever the one before has entered.
   */
  async run(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    for (const { call } of this.#handlers) await Promise.resolve().then(() => call(outcome, tx));
  }
}
