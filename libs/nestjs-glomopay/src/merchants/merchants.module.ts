import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Clock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { assertAsyncRegistration, assertRegistration } from '../config/registration.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { SharedAgents } from '../http/shared-agents.js';
import { gracefulEndOf } from '../tracking/graceful-end.js';
import type { WebhookRouteOptions } from '../tracking/route/webhook-route-options.js';
import { warnWithoutShutdownHooks } from '../tracking/shutdown-warning.js';
import { MerchantAccounts } from './merchant-accounts.js';
import {
  ConfigurableModuleClass,
  merchantsProviders,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './merchants.module-definition.js';
import type { MerchantsConfig } from './merchants-options.js';
import { MerchantsTracking } from './merchants-tracking.js';
import { GLOMOPAY_MERCHANTS_CONFIG, GLOMOPAY_MERCHANTS_ROUTE } from '../config/merchants.tokens.js';

/**
 * Merchant accounts that are made while the application runs: thousands of a table, each made at its
 * first use and closed when nobody uses it, or registered one by one. `GlomopayAccounts` gives them.
 * Registered once per application, beside `GlomopayModule` or without it.
 *
 * @example
 * GlomopayMerchantsModule.forRootAsync({
 *   webhooks: { path: '/webhooks/glomopay/:account' },
 *   inject: [MerchantTable, Pool],
 *   useFactory: (source: MerchantTable, pool: Pool) => ({
 *     source,
 *     tracking: { store: new PostgresTrackingStore(pgAdapter(pool)) },
 *   }),
 * })
 */
@Module({ providers: [...merchantsProviders] })
@Named('GlomopayMerchantsModule')
export class GlomopayMerchantsModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #modules: ModulesContainer;
  readonly #accounts: MerchantAccounts;
  readonly #agents: SharedAgents;
  readonly #tracking: MerchantsTracking | undefined;

  constructor(
    @Inject(GLOMOPAY_MERCHANTS_CONFIG) config: MerchantsConfig,
    @Inject(GLOMOPAY_MERCHANTS_ROUTE) route: WebhookRouteOptions | null,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(MerchantAccounts) accounts: MerchantAccounts,
    @Inject(SharedAgents) agents: SharedAgents,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    super();
    const { tracking } = config;
    if (route !== null && tracking === undefined) {
      throw new GlomopayConfigurationError([
        'webhooks needs tracking: { store }, where what is received is kept',
      ]);
    }
    this.#modules = modules;
    this.#accounts = accounts;
    this.#agents = agents;
    this.#tracking =
      tracking === undefined
        ? undefined
        : new MerchantsTracking(tracking, modules, accounts, clock);
  }

  /**
   * Registers the source, tracking, or both, with options that are at hand.
   *
   * The application does not start when an option is unusable: a `GlomopayConfigurationError` lists
   * every fault and no value.
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    assertRegistration('GlomopayMerchantsModule', options);
    return super.forRoot(options);
  }

  /** Registers them with options from a factory or a class. Faults as in {@link forRoot}. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    assertAsyncRegistration('GlomopayMerchantsModule', options, ['webhooks', 'extraProviders']);
    return super.forRootAsync(options);
  }

  async onModuleInit(): Promise<void> {
    await this.#tracking?.prepare();
  }

  /** By now every handler of the application is known. */
  async onApplicationBootstrap(): Promise<void> {
    await (this.#tracking ?? this.#accounts).begin();
  }

  /** What is running ends before the host closes its own connections. */
  async onModuleDestroy(): Promise<void> {
    if (this.#tracking !== undefined) {
      warnWithoutShutdownHooks(this.#modules).cancel();
      await gracefulEndOf(this.#modules).end();
    }
    await this.#accounts.end();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#agents.end();
    await this.#tracking?.leave();
  }
}
