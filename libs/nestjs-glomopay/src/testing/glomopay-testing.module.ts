import { type DynamicModule, Module } from '@nestjs/common';
import type { GlomopayModuleOptions } from '../config/glomopay-options.js';
import { getGlomopayToken, GLOMOPAY_CLOCK, GLOMOPAY_HTTP } from '../config/glomopay.tokens.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopayModule } from '../glomopay.module.js';
import { briskClock } from './script/brisk-clock.js';
import { GlomopayScript } from './script/glomopay-script.js';
import { refuseProduction } from './script/refuse-production.js';
import { ScriptedHttp } from './script/scripted-http.js';

/** What a test says about its account. */
export interface GlomopayTestingOptions extends Pick<
  GlomopayModuleOptions,
  'paymentsPath' | 'polling' | 'retry' | 'timeoutMs' | 'deadlineMs'
> {
  /** Name of the account, as in `GlomopayModule.forRoot`. @defaultValue the default account */
  readonly name?: string;
  /** As in `GlomopayModule.forRoot`. @defaultValue true */
  readonly isGlobal?: boolean;
  /** @defaultValue `https://shop.test/payment/callback` */
  readonly callbackUrl?: string;
  /** The gateway. @defaultValue a new one, which `module.get(GlomopayScript)` gives */
  readonly script?: GlomopayScript;
}

/**
 * `GlomopayModule` with a gateway in memory: the real services, guards and verifiers with the real
 * checks, encoder, retries and errors, and a {@link GlomopayScript} that answers. Pauses between
 * attempts take no time.
 *
 * @example
 * const module = await Test.createTestingModule({
 *   imports: [GlomopayTestingModule.forRoot()],
 *   providers: [CheckoutService],
 * }).compile();
 * const script = module.get(GlomopayScript);
 */
@Module({})
@Named('GlomopayTestingModule')
export class GlomopayTestingModule {
  /** @throws {GlomopayConfigurationError} in production. */
  static forRoot(options: GlomopayTestingOptions = {}): DynamicModule {
    refuseProduction('GlomopayTestingModule');
    const { script = new GlomopayScript(), callbackUrl, ...given } = options;
    const { secretKey, webhookSecret } = script;
    const real = GlomopayModule.forRoot({
      callbackUrl: callbackUrl ?? 'https://shop.test/payment/callback',
      ...given,
      secretKey,
      webhookSecret,
    });
    const token = getGlomopayToken(GlomopayScript, given.name);
    return {
      ...real,
      // What a registration provides stands before what its class does.
      providers: [
        ...(real.providers ?? []),
        { provide: GLOMOPAY_HTTP, useValue: new ScriptedHttp(script) },
        { provide: GLOMOPAY_CLOCK, useValue: briskClock },
        { provide: token, useValue: script },
      ],
      exports: [...(real.exports ?? []), token],
    };
  }
}
