import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { systemClock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { PaymentSettlement } from './payment-settlement.js';
import { PaymentSweeper } from './payment-sweeper.js';
import { PaymentTracker } from './payment-tracker.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './tracking.module-definition.js';
import { trackingConfig, type TrackingConfig } from './tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG, GLOMOPAY_TRACKING_OPTIONS } from './tracking.tokens.js';

/**
 * Follows payments to their one outcome. Needs `GlomopayModule` and a store.
 *
 * @example
 * GlomopayTrackingModule.forRootAsync({
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
      inject: [GLOMOPAY_TRACKING_OPTIONS],
    },
    { provide: GLOMOPAY_CLOCK, useValue: systemClock },
    OutcomeHandlers,
    PaymentSettlement,
    PaymentSweeper,
    PaymentTracker,
  ],
  exports: [PaymentTracker],
})
export class GlomopayTrackingModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationShutdown
{
  readonly #config: TrackingConfig;

  constructor(@Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig) {
    super();
    this.#config = config;
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
    if (this.#config.migrate) await this.#config.store.migrate();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#config.store.close();
  }
}
