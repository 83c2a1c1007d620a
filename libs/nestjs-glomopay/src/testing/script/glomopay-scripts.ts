import { Named } from '../../errors/named.decorator.js';
import { GlomopayScript } from './glomopay-script.js';
import { refuseProduction } from './refuse-production.js';

/**
 * The gateways of merchants in memory: a {@link GlomopayScript} for each, with keys of its own, so that
 * what is signed for one is refused by another. Or one script for all of them.
 *
 * @example
 * const script = module.get(GlomopayScripts).of('shop-17');
 * script.fail('POST /api/v1/payments', 'drop-after-commit');
 * const { search } = signCallback(said, script.secretKey);
 */
@Named('GlomopayScripts')
export class GlomopayScripts {
  readonly #scripts = new Map<string, GlomopayScript>();
  readonly #ofAll: GlomopayScript | undefined;

  /**
   * @param ofAll One for all merchants: they share its keys, and what it remembers.
   * @throws {GlomopayConfigurationError} in production.
   */
  constructor(ofAll?: GlomopayScript) {
    refuseProduction('GlomopayScripts');
    this.#ofAll = ofAll;
  }

  /** The gateway of a merchant, the same each time. */
  of(account: string): GlomopayScript {
    const script = this.#ofAll ?? this.#scripts.get(account) ?? scriptOf(account);
    this.#scripts.set(account, script);
    return script;
  }

  /** Forgets in all of them what was scripted, sent and remembered. Their keys stay. */
  reset(): void {
    for (const script of this.#scripts.values()) script.reset();
  }
}

/** One script for all, or those of each; of whichever copy of this library. */
export function scriptsOf(given: GlomopayScript | GlomopayScripts | undefined): GlomopayScripts {
  return given !== undefined && 'of' in given ? given : new GlomopayScripts(given);
}

function scriptOf(account: string): GlomopayScript {
  return new GlomopayScript({
    secretKey: `glomopay-testing-secret-key-of-${account}`,
    webhookSecret: `glomopay-testing-webhook-secret-of-${account}`,
  });
}
