/**
 * Runs what observes. Node turns what a subscriber of a channel throws into an uncaught exception,
 * and no span is worth a payment.
 */
export function quietly<T>(observe: () => T, otherwise: T): T {
  try {
    return observe();
  } catch {
    return otherwise;
  }
}
