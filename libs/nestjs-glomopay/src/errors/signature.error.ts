import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * Why a signed message was refused: `malformed` when a part is missing, repeated or not of its
 * grammar, `mismatch` when no active key has made the signature, `too_large` when a webhook's body
 * is over 1 MiB.
 */
export type GlomopaySignatureFault = 'malformed' | 'mismatch' | 'too_large';

/** The message is not authentic: it did not come from the gateway, or not for this account. */
@Named('GlomopaySignatureError')
export class GlomopaySignatureError extends GlomopayError {
  override readonly code = 'GLOMOPAY_SIGNATURE';
  override readonly outcome = 'not_sent';

  constructor(
    readonly reason: GlomopaySignatureFault,
    /** What exactly was wrong, without any received value. */
    readonly detail: string,
  ) {
    super(`Not authentic (${reason}): ${detail}.`);
  }
}
