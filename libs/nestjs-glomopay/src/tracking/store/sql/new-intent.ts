import type { PaymentIntent, TrackedPayment } from '../tracked-payment.js';

/** An intent to write. */
export interface NewIntent {
  readonly intent: PaymentIntent;
  readonly nextCheckMs: number;
}

/** What became of it. */
export interface InsertedIntent {
  readonly record: TrackedPayment;
  readonly inserted: boolean;
}

/** The key of an intent was taken, and its record is gone: somebody deletes rows by hand. */
export function deletedMeanwhile(): Error {
  return new Error('A tracked payment was deleted while it was written');
}
