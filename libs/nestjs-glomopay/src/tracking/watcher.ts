import type { TrackedPayment } from './tracked-payment.js';

/**
 * Who looks at a record next: the sweeper while it waits for an outcome; a person when it was given
 * up, is not the payment that was asked for, or got two contradicting outcomes; nobody otherwise.
 */
export function watcherOf({
  state,
  reason,
}: Pick<TrackedPayment, 'state' | 'reason'>): 'sweeper' | 'person' | 'nobody' {
  if (state === 'created' || state === 'attempted') return 'sweeper';
  const unclear = state === 'needs_attention' || state === 'mismatch';
  return unclear || reason === 'terminal_conflict' ? 'person' : 'nobody';
}
