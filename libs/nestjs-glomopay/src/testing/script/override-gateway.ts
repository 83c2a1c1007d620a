import { GLOMOPAY_ACCOUNT, GLOMOPAY_HTTP } from '../../config/glomopay.tokens.js';
import { GLOMOPAY_MERCHANTS_HTTP } from '../../config/merchants.tokens.js';
import type { GlomopayScript } from './glomopay-script.js';
import { scriptsOf, type GlomopayScripts } from './glomopay-scripts.js';
import { scriptedHttpOf } from './scripted-http.js';

/** What is needed of Nest's `TestingModuleBuilder`. */
export interface ProviderOverrides<Builder> {
  overrideProvider(token: unknown): {
    useValue(value: unknown): Builder;
    useFactory(factory: {
      factory: (...dependencies: never[]) => unknown;
      inject?: unknown[];
    }): Builder;
  };
}

/**
 * Puts a script in the place of the gateway in an application that configures `GlomopayModule`
 * itself, with the keys and options it has, for all of its accounts, merchants made at run time included;
 * or {@link GlomopayScripts}, one for each account by its name.
 *
 * @example
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const app = (await overrideGateway(builder, script).compile()).createNestApplication();
 */
export function overrideGateway<Builder extends ProviderOverrides<Builder>>(
  builder: Builder,
  script: GlomopayScript | GlomopayScripts,
): Builder {
  const factory = scriptedHttpOf(scriptsOf(script));
  return builder
    .overrideProvider(GLOMOPAY_HTTP)
    .useFactory({ factory, inject: [GLOMOPAY_ACCOUNT] })
    .overrideProvider(GLOMOPAY_MERCHANTS_HTTP)
    .useValue(factory);
}
