import { GlomopayError } from './glomopay.error.js';

/**
 * No connection was made: name not found, refused, no route, certificate not accepted.
 *
 * Nothing was sent, so nothing happened at the gateway; calling again is safe.
 */
export class GlomopayUnreachableError extends GlomopayError {
  override readonly code = 'GLOMOPAY_UNREACHABLE';
  override readonly outcome = 'not_sent';

  constructor(
    /** Method and path template of the call. */
    readonly call: string,
    /** How often a connection was tried. */
    readonly attempts: number,
    options?: ErrorOptions,
  ) {
    super(
      `No connection to the gateway for ${call} (${attempts} tried). Nothing was sent; it is safe to call again.`,
      options,
    );
  }
}
