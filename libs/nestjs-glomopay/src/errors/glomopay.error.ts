import { CLASSES, classNames, isInstanceAcrossCopies } from './across-copies.js';
import { Named } from './named.decorator.js';

/** Every `code` a {@link GlomopayError} can carry. Stable: branch on these, never on messages. */
export type GlomopayErrorCode =
  | 'GLOMOPAY_CONFIGURATION'
  | 'GLOMOPAY_VALIDATION'
  | 'GLOMOPAY_API'
  | 'GLOMOPAY_UNREACHABLE'
  | 'GLOMOPAY_OUTCOME_UNKNOWN'
  | 'GLOMOPAY_RESPONSE_MALFORMED'
  | 'GLOMOPAY_REQUEST_ID_CONFLICT'
  | 'GLOMOPAY_SIGNATURE'
  | 'GLOMOPAY_POLL_TIMEOUT'
  | 'GLOMOPAY_NOT_STORED'
  | 'GLOMOPAY_ACCOUNT_UNAVAILABLE'
  | 'GLOMOPAY_ACCOUNT_UNKNOWN'
  | 'GLOMOPAY_NOT_RESOLVABLE'
  | 'GLOMOPAY_NOT_ERASABLE'
  | 'GLOMOPAY_ABORTED';

/**
 * What happened at the gateway:
 * - `not_sent`: nothing, the request never left this process;
 * - `rejected`: nothing, the gateway refused it;
 * - `unknown`: perhaps something; find out before doing it again.
 */
export type GlomopayOutcome = 'not_sent' | 'rejected' | 'unknown';

/** @internal What every error of any copy of this library has. */
export const BRAND = Symbol.for('nestjs-glomopay:error');

/**
 * Base of every error this library throws.
 *
 * Carries a stable {@link code} and the {@link outcome} at the gateway. No error carries a header,
 * a body, a key or card data, under any way of printing it; `cause` is a fresh error with a name, a
 * code and a system call at most.
 */
@Named('GlomopayError')
export abstract class GlomopayError extends Error {
  abstract readonly code: GlomopayErrorCode;
  /** Did anything happen at the gateway? */
  abstract readonly outcome: GlomopayOutcome;

  /** @internal */
  protected readonly [BRAND] = true;

  /** @internal */
  protected get [CLASSES](): readonly string[] {
    return classNames(this.constructor);
  }

  /** True for an error of the same class from another copy of this library as well. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceAcrossCopies(this, value);
  }

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    Object.defineProperty(this, 'name', { enumerable: false });
    Object.defineProperty(this, BRAND, { enumerable: false });
  }

  /** The error as data for a log: name, code, outcome, message and its typed details. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message };
  }
}
