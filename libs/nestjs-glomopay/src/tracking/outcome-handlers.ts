import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { ON_PAYMENT_OUTCOME } from './on-payment-outcome.decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';

type Handler = (outcome: PaymentOutcome, tx: unknown) => unknown;

/** The application's `@OnPaymentOutcome()` methods, found at boot. */
@Injectable()
export class OutcomeHandlers implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #handlers: Handler[] = [];

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
  ) {
    this.#discovery = discovery;
    this.#scanner = scanner;
  }

  /** @throws {GlomopayConfigurationError} a handler belongs to a request-scoped provider. */
  onApplicationBootstrap(): void {
    const names: string[] = [];
    for (const wrapper of [
      ...this.#discovery.getProviders(),
      ...this.#discovery.getControllers(),
    ]) {
      const { metatype } = wrapper;
      if (typeof metatype !== 'function' || metatype.prototype === undefined) continue;
      const prototype: object = metatype.prototype;
      for (const method of this.#scanner.getAllMethodNames(prototype)) {
        if (!isHandler(prototype, method)) continue;
        const name = `${metatype.name}.${method}`;
        if (!wrapper.isDependencyTreeStatic()) throw requestScoped(name);
        names.push(name);
        this.#handlers.push(bound(wrapper.instance, method));
      }
    }
    if (names.length > 0) this.#logger.log(`payment outcomes go to ${names.join(', ')}`);
    else
      this.#logger.warn('payment outcomes go to nobody: no @OnPaymentOutcome() method was found');
  }

  /** Runs every handler in the transaction; the first that throws ends it. */
  async run(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    for (const handle of this.#handlers) await handle(outcome, tx);
  }
}

function isHandler(prototype: object, method: string): boolean {
  const value: unknown = Reflect.get(prototype, method);
  return typeof value === 'function' && Reflect.getMetadata(ON_PAYMENT_OUTCOME, value) === true;
}

function bound(instance: object, method: string): Handler {
  return (outcome, tx) => Reflect.apply(Reflect.get(instance, method), instance, [outcome, tx]);
}

function requestScoped(name: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    `${name} is an outcome handler in a request-scoped provider; there is no request when an outcome comes`,
  ]);
}
