import type { Payment } from '../../../api/payments/payment.js';
import { instantMs } from '../../../values/calendar.js';
import { isSettled, type TrackedRecord } from '../../store/tracked-record.js';
import { paymentSighting } from '../payment-sighting.js';
import { isCollection } from '../tracked-payment.js';

/** The clock of the gateway and that of the database may be so far apart. */
const SKEW_MS = 5 * 60_000;

/** Tells whether a record still waits for somebody to pay elsewhere. */
export function isExpecting(record: TrackedRecord): boolean {
  return isCollection(record) && record.objectId === null && !isSettled(record.state);
}

/**
 * Tells whether a success can be the one that a record expects. What is paid once needs no more; of a
 * subscription only what was paid after the record was written, for there are older payments. One that
 * does not say when it was paid is no case for a machine.
 */
export function mayBeExpected({ exclusive, createdAt }: TrackedRecord, payment: Payment): boolean {
  if (exclusive) return true;
  const at = instantMs(payment.paidAt ?? payment.createdAt);
  return at !== undefined && at >= createdAt.getTime() - SKEW_MS;
}

/** Tells whether one of the records waits for this success, or for one like it. */
export function isExpectedBy(records: readonly TrackedRecord[], payment: Payment): boolean {
  return records.some((record) => isExpecting(record) && mayBeExpected(record, payment));
}

/**
 * Which of the successes that nobody has is whose: the older expectation gets the older payment, of those
 * that fit it. One that fits nobody goes to the oldest expectation that is left without, as a mismatch.
 * No payment goes to two, whoever asks.
 *
 * @param expecting Records of one subject, oldest first.
 * @param successes Oldest first.
 */
export function distributed(
  expecting: readonly TrackedRecord[],
  successes: readonly Payment[],
): ReadonlyMap<TrackedRecord, Payment> {
  const given = new Map<TrackedRecord, Payment>();
  const left = new Set(successes);
  const give = (fits: (record: TrackedRecord, payment: Payment) => boolean): void => {
    for (const record of expecting) {
      const its = given.has(record) ? undefined : [...left].find((one) => fits(record, one));
      if (its === undefined) continue;
      given.set(record, its);
      left.delete(its);
    }
  };
  give((record, payment) => mayBeExpected(record, payment) && isAsExpected(record, payment));
  give(mayBeExpected);
  return given;
}

function isAsExpected(record: TrackedRecord, payment: Payment): boolean {
  return paymentSighting(payment, record).difference === undefined;
}
