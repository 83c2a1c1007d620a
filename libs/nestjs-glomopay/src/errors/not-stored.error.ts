import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * A webhook event is authentic but could not be stored, so it must not be acknowledged: answer 503
 * and the gateway delivers it again. Nothing was handled.
 */
@Named('GlomopayNotStoredError')
export class GlomopayNotStoredError extends GlomopayError {
  override readonly code = 'GLOMOPAY_NOT_STORED';
  override readonly outcome = 'not_sent';

  constructor(options?: ErrorOptions) {
    super(
      'The webhook event was not stored; answer 503, and the gateway will deliver it again.',
      options,
    );
  }
}
