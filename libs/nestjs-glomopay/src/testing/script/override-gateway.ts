import { GLOMOPAY_HTTP } from '../../config/glomopay.tokens.js';
import type { GlomopayScript } from './glomopay-script.js';
import { ScriptedHttp } from './scripted-http.js';

/** What is needed of Nest's `TestingModuleBuilder`. */
export interface ProviderOverrides<Builder> {
  overrideProvider(token: unknown): { useValue(value: unknown): Builder };
}

/**
 * Puts a script in the place of the gateway in an application that configures `GlomopayModule`
 * itself, with the keys and options it has, for all of its accounts.
 *
 * @example
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const app = (await overrideGateway(builder, script).compile()).createNestApplication();
 */
export function overrideGateway<Builder>(
  builder: ProviderOverrides<Builder>,
  script: GlomopayScript,
): Builder {
  return builder.overrideProvider(GLOMOPAY_HTTP).useValue(new ScriptedHttp(script));
}
