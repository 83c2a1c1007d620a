import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { systemClock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { EventListeners } from './inbox/event-listeners.js';
import { EventWorker } from './inbox/event-worker.js';
import { PaymentWitness } from './inbox/payment-witness.js';
import { WebhookReceiver } from './inbox/webhook-receiver.js';
import { WebhookRoute } from './inbox/webhook-route.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { PaymentSettlement } from './payment-settlement.js';
import { PaymentSweeper } from './payment-sweeper.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './tracking.module-definition.js';
import { leaveStore, useStore } from './store-users.js';
import { trackingConfig, type TrackingConfig } from './tracking-options.js';
import {
  GLOMOPAY_TRACKING_ACCOUNT,
  GLOMOPAY_TRACKING_CONFIG,
  GLOMOPAY_TRACKING_OPTIONS,
} from './tracking.tokens.js';
import { TrackingWork } from './engine/tracking-work.js';

/**
 * Follows payments to their one outcome, and keeps what the gateway's webhooks tell. Needs
 * `GlomopayModule` and a store.
 *
 * @example
 * GlomopayTrackingModule.forRootAsync({
 *   webhooks: { path: '/webhooks/glomopay' },
 *   inject: [Pool],
 *   useFactory: (pool: Pool) => ({ store: new PostgresTrackingStore(pgAdapter(pool)) }),
 * })
 */
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: GLOMOPAY_TRACKING_CONFIG,
      useFactory: trackingConfig,
      inject: [GLOMOPAY_TRACKING_OPTIONS, GLOMOPAY_TRACKING_ACCOUNT],
    },
    { provide: GLOMOPAY_CLOCK, useValue: systemClock },
    OutcomeHandlers,
    PaymentSettlement,
    PaymentSweeper,
    PaymentWitness,
    EventListeners,
    EventWorker,
    WebhookReceiver,
    WebhookRoute,
    TrackingWork,
  ],
})
export class GlomopayTrackingModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #config: TrackingConfig;
  readonly #work: TrackingWork;
  readonly #events: EventWorker;
  #usesStore = false;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingWork) work: TrackingWork,
    @Inject(EventWorker) events: EventWorker,
  ) {
    super();
    this.#config = config;
    this.#work = work;
    this.#events = events;
  }

  /** Registers tracking with a store that is at hand. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return super.forRoot(options);
  }

  /** Registers tracking with a store from a factory or a class. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  async onModuleInit(): Promise<void> {
    const { store, migrate } = this.#config;
    useStore(store);
    this.#usesStore = true;
    try {
      await (migrate ? store.migrate() : store.assertMigrated());
    } catch (thrown) {
      await this.onApplicationShutdown();
      throw thrown;
    }
  }

  /** By now every handler of the application is known. */
  async onApplicationBootstrap(): Promise<void> {
    await this.#config.engine.start(this.#work);
  }

  /** What is running ends before the host closes its own connections. */
  async onModuleDestroy(): Promise<void> {
    this.#events.stop();
    await this.#config.engine.stop(this.#config.account);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#usesStore) return;
    this.#usesStore = false;
    await leaveStore(this.#config.store);
  }
}
