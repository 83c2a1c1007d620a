import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The module's options are unusable; the application does not start.
 *
 * Lists every fault at once, each naming the option and the rule, never a value.
 */
@Named('GlomopayConfigurationError')
export class GlomopayConfigurationError extends GlomopayError {
  override readonly code = 'GLOMOPAY_CONFIGURATION';
  override readonly outcome = 'not_sent';

  constructor(readonly faults: readonly string[]) {
    super(
      `The Glomopay options cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
  }
}
