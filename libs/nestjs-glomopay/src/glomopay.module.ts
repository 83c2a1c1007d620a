import { type DynamicModule, Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import type { GlomopayConfig } from './config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from './config/glomopay.tokens.js';
import { assertAsyncRegistration, assertRegistration } from './config/registration.js';
import { Named } from './errors/named.decorator.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './glomopay.module-definition.js';
import type {
  GlomopayModuleAsyncRegistration,
  GlomopayModuleRegistration,
} from './merchants/module-registrations.js';
import { FORMS } from './merchants/provided-part.js';
import { splitRegistration } from './merchants/registered-accounts.js';
import { BootDoctor } from './doctor/boot-doctor.js';
import { coreProviders } from './glomopay.providers.js';
import { leaks } from './config/process-leaks.js';
import { Telemetry } from './telemetry/telemetry.js';

/**
 * The Glomopay payment gateway in a NestJS application. Register it once; its services and guards
 * are then injected anywhere.
 *
 * @example
 * GlomopayModule.forRootAsync({
 *   inject: [ConfigService],
 *   useFactory: (config: ConfigService) => ({
 *     secretKey: config.getOrThrow('GLOMOPAY_SECRET_KEY'),
 *     callbackUrl: config.get('GLOMOPAY_CALLBACK_URL'),
 *   }),
 * })
 */
@Module({
  providers: [...coreProviders, Telemetry, BootDoctor],
})
@Named('GlomopayModule')
export class GlomopayModule extends ConfigurableModuleClass implements OnModuleInit {
  readonly #warnings: readonly string[];

  constructor(@Inject(GLOMOPAY_CONFIG) config: GlomopayConfig) {
    super();
    this.#warnings = config.warnings;
  }

  /**
   * Registers an account with options that are at hand, merchants that are made at run time (`accounts`),
   * or both.
   *
   * The application does not start when an option is unusable: a `GlomopayConfigurationError` lists
   * every fault and no value.
   */
  static override forRoot(options: GlomopayModuleRegistration): DynamicModule {
    assertRegistration('GlomopayModule', options);
    const { own, merchants } = splitRegistration('GlomopayModule.forRoot', options, ['secretKey']);
    return together(own && super.forRoot(own as typeof OPTIONS_TYPE), merchants);
  }

  /**
   * Registers an account with options from a factory (`useFactory` with `inject`), or from a class
   * with `createGlomopayOptions()` (`useClass`, `useExisting`); merchants of an `AccountSource` by
   * `accounts`, beside it or without it. Faults as in {@link forRoot}.
   *
   * @example
   * GlomopayModule.forRootAsync({
   *   accounts: { imports: [MerchantTableModule], useExisting: MerchantTable },
   *   webhooks: { path: '/webhooks/glomopay/:account' },
   *   tracking: {
   *     inject: [Pool],
   *     useFactory: (pool: Pool) => ({ store: new PostgresTrackingStore(pgAdapter(pool)) }),
   *   },
   * })
   */
  static override forRootAsync(options: GlomopayModuleAsyncRegistration): DynamicModule {
    assertRegistration('GlomopayModule', options, 'forRootAsync');
    const { own, merchants } = splitRegistration('GlomopayModule.forRootAsync', options, FORMS);
    if (own !== undefined) assertAsyncRegistration('GlomopayModule', own, ['extraProviders']);
    return together(own && super.forRootAsync(own as typeof ASYNC_OPTIONS_TYPE), merchants);
  }

  onModuleInit(): void {
    const logger = new Logger('Glomopay');
    for (const warning of [...this.#warnings, ...leaks()]) logger.warn(warning);
  }
}

/** At least one of the two is there. */
function together(
  own: DynamicModule | undefined,
  merchants: DynamicModule | undefined,
): DynamicModule {
  if (own === undefined) return merchants as DynamicModule;
  return merchants === undefined ? own : { ...own, imports: [...(own.imports ?? []), merchants] };
}
