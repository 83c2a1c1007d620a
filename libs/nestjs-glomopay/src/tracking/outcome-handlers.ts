import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { discoveredMethods, ofAccount, type DiscoveredMethod } from './discovered-methods.js';
import { ON_PAYMENT_OUTCOME } from './on-payment-outcome.decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';
import { GLOMOPAY_TRACKING_ACCOUNT } from './tracking.tokens.js';

/** The application's `@OnPaymentOutcome()` methods, found at boot. */
@Injectable()
export class OutcomeHandlers implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #account: string;
  #handlers: readonly DiscoveredMethod[] = [];

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(GLOMOPAY_TRACKING_ACCOUNT) account: string,
  ) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#account = account;
  }

  /** @throws {GlomopayConfigurationError} a handler belongs to a request-scoped provider. */
  onApplicationBootstrap(): void {
    this.#handlers = discoveredMethods(
      this.#discovery,
      this.#scanner,
      'an outcome handler',
      isHandler,
      this.#account,
    );
    const names = this.#handlers.map(({ name }) => name);
    if (names.length > 0)
      this.#logger.log(`payment outcomes${ofAccount(this.#account)} go to ${names.join(', ')}`);
    else
      this.#logger.warn(
        `payment outcomes${ofAccount(this.#account)} go to nobody: no @OnPaymentOutcome() method was found`,
      );
  }

  /** Runs every handler in the transaction; the first that throws ends it. */
  async run(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    for (const { call } of this.#handlers) await call(outcome, tx);
  }
}

function isHandler(prototype: object, method: string): boolean {
  const value: unknown = Reflect.get(prototype, method);
  return typeof value === 'function' && Reflect.getMetadata(ON_PAYMENT_OUTCOME, value) === true;
}
