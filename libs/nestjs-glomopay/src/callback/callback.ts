import type { PaymentId } from '../values/ids.js';

/** Exists for the compiler alone: no literal has it, so that only a verifier gives a callback. */
declare const VERIFIED: unique symbol;

/**
 * What the buyer's browser brought back, with a signature that holds. It says that the browser came
 * back from the gateway; it is not yet the outcome: fetch the payment, and compare amount and
 * currency with your order.
 *
 * Only `CallbackVerifier` makes one; in a test, `verifiedCallback()` of `nestjs-glomopay/testing`.
 */
export interface GlomopayCallback {
  /** @internal */
  readonly [VERIFIED]: true;
  /** The order, or the subscription whose first payment this was. */
  readonly orderId: string;
  readonly paymentId: PaymentId;
  /** What the browser says. */
  readonly status: 'success' | 'failed';
  /** The gateway's text about a broken journey. Not signed: never shown or acted on. */
  readonly error?: string;
}

/** The members of a callback whose signature holds. */
export type CallbackMembers = Pick<GlomopayCallback, 'orderId' | 'paymentId' | 'status' | 'error'>;

/** Marks what was verified, for the compiler. */
export function asVerified(members: CallbackMembers): GlomopayCallback {
  return members as GlomopayCallback;
}
