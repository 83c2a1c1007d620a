import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/** One broken rule of a request: where, which rule, and the rule in words. Never the value. */
export interface GlomopayViolation {
  /** Dotted path of the member, in the library's own spelling: `card.number`. */
  readonly path: string;
  /** Name of the rule, such as `isInt` or `isCardNumber`. */
  readonly rule: string;
  /** The rule in words. */
  readonly message: string;
}

/**
 * The request was refused by our own check; not a byte was sent.
 *
 * Correct the request and call again. Carries paths and rules, never values.
 */
@Named('GlomopayValidationError')
export class GlomopayValidationError extends GlomopayError {
  override readonly code = 'GLOMOPAY_VALIDATION';
  override readonly outcome = 'not_sent';

  constructor(
    subject: string,
    readonly violations: readonly GlomopayViolation[],
  ) {
    super(
      `The ${subject} breaks a rule, and nothing was sent: ${violations
        .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
        .join('; ')}.`,
    );
  }
}
