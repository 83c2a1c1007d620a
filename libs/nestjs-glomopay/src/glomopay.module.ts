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
   * Registers an account with options that are at hand.
   *
   * The application does not start when an option is unusable: a `GlomopayConfigurationError` lists
   * every fault and no value.
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    assertRegistration('GlomopayModule', options);
    return super.forRoot(options);
  }

  /**
   * Registers an account with options from a factory (`useFactory` with `inject`), or from a class
   * with `createGlomopayOptions()` (`useClass`, `useExisting`). Faults as in {@link forRoot}.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    assertAsyncRegistration('GlomopayModule', options, ['extraProviders']);
    return super.forRootAsync(options);
  }

  onModuleInit(): void {
    const logger = new Logger('Glomopay');
    for (const warning of [...this.#warnings, ...leaks()]) logger.warn(warning);
  }
}
