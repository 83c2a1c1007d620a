import { GlomopayError } from './glomopay.error.js';

/**
 * The module's options are unusable; the application does not start.
 *
 * Lists every fault at once, each naming the option and the rule, never a value.
 */
export class GlomopayConfigurationError extends GlomopayError {
  override readonly code = 'GLOMOPAY_CONFIGURATION';
  override readonly outcome = 'not_sent';

  constructor(readonly faults: readonly string[]) {
    super(
      `The Glomopay options cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
  }
}
