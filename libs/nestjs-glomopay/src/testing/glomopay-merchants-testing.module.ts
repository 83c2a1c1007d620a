import { type DynamicModule, Module } from '@nestjs/common';
import type { AccountOptions, AccountSource } from '../config/account-source.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { GLOMOPAY_MERCHANTS_HTTP } from '../config/merchants.tokens.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopayMerchantsModule } from '../merchants/merchants.module.js';
import type { GlomopayMerchantsRegistration } from '../merchants/merchants.module-definition.js';
import type { GlomopayMerchantsOptions } from '../merchants/merchants-options.js';
import type { GlomopayScript } from './script/glomopay-script.js';
import { GlomopayScripts, scriptsOf } from './script/glomopay-scripts.js';
import { GlomopayTestClock } from './script/glomopay-test-clock.js';
import { refuseProduction } from './script/refuse-production.js';
import { scriptedHttpOf } from './script/scripted-http.js';

/** What a test says about its merchants. */
export interface GlomopayMerchantsTestingOptions
  extends
    Omit<GlomopayMerchantsOptions, 'source'>,
    Pick<GlomopayMerchantsRegistration, 'webhooks' | 'isGlobal'> {
  /**
   * Names of the merchants that there are, which get the keys of their scripts; or a source with keys and
   * options of its own. @defaultValue none but those of `GlomopayAccounts.register()`
   */
  readonly accounts?: readonly string[] | AccountSource;
  /** The gateways; one script serves all. @defaultValue new ones, which `module.get(GlomopayScripts)` gives */
  readonly scripts?: GlomopayScripts | GlomopayScript;
  /** @defaultValue a new one, which `module.get(GlomopayTestClock)` gives */
  readonly clock?: GlomopayTestClock;
}

/**
 * `GlomopayMerchantsModule` with gateways in memory, one for each merchant: the real accounts, services,
 * guards, route and tracking, and {@link GlomopayScripts} that answer. In the place of the one that a host
 * registers, or of `GlomopayModule` with `accounts`.
 *
 * @example
 * const module = await Test.createTestingModule({
 *   imports: [GlomopayMerchantsTestingModule.forRoot({ accounts: ['shop-17', 'shop-18'] })],
 *   providers: [CheckoutService],
 * }).compile();
 * const script = module.get(GlomopayScripts).of('shop-17');
 */
@Module({})
@Named('GlomopayMerchantsTestingModule')
export class GlomopayMerchantsTestingModule {
  /** @throws {GlomopayConfigurationError} in production, or a registration that is unusable. */
  static forRoot(options: GlomopayMerchantsTestingOptions = {}): DynamicModule {
    refuseProduction('GlomopayMerchantsTestingModule');
    const { accounts, scripts: given, clock = new GlomopayTestClock(), ...others } = options;
    const scripts = scriptsOf(given);
    const real = GlomopayMerchantsModule.forRoot({
      ...others,
      ...(accounts !== undefined && { source: sourceOf(accounts, scripts) }),
    });
    return {
      ...real,
      // What a registration provides stands before what its class does.
      providers: [
        ...(real.providers ?? []),
        { provide: GLOMOPAY_MERCHANTS_HTTP, useValue: scriptedHttpOf(scripts) },
        { provide: GLOMOPAY_CLOCK, useValue: clock },
        { provide: GlomopayTestClock, useValue: clock },
        { provide: GlomopayScripts, useValue: scripts },
      ],
      exports: [...(real.exports ?? []), GlomopayScripts, GlomopayTestClock],
    };
  }
}

function sourceOf(
  accounts: readonly string[] | AccountSource,
  scripts: GlomopayScripts,
): AccountSource {
  if ('find' in accounts && !Array.isArray(accounts)) return accounts as AccountSource;
  const names = accounts as readonly string[];
  return {
    find: (name): AccountOptions | undefined => {
      if (!names.includes(name)) return undefined;
      const { secretKey, webhookSecret } = scripts.of(name);
      return { secretKey, webhookSecret, callbackUrl: `https://shop.test/${name}/return` };
    },
  };
}
