import type { Payment } from '../../../api/payments/payment.js';
import { instantMs } from '../../../values/calendar.js';
import type { Sighting } from '../../movements/movement.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { whoLooksNext } from '../../store/who-looks-next.js';

/** Statuses of orders, links and subscriptions that no payment follows, one under way aside. */
const ENDED: readonly string[] = ['expired', 'cancelled', 'failed', 'completed'];
/** So long a buyer may take at the bank; an attempt that is older was given up. */
const AT_THE_BANK_MS = 24 * 3_600_000;

/** Tells whether an order, a link or a subscription has ended without another payment. */
export function isEnded(status: string): boolean {
  return ENDED.includes(status);
}

/** Tells whether a payment may still succeed: what was under way when an order expired may pay it. */
export function isUnderWay({ status, createdAt }: Payment, now: number): boolean {
  if (status === 'success' || status === 'failed') return false;
  if (status !== 'in_progress') return true;
  const began = instantMs(createdAt);
  return began === undefined || now - began < AT_THE_BANK_MS;
}

/**
 * What became of what is `paid` by successes that are not the expected one: the records beside it have
 * them. Where none of these counts as its payment, and no machine will say more, a person has to.
 *
 * @param family Every record of the order or link.
 */
export function endOfPaid(
  successes: readonly Payment[],
  family: readonly TrackedRecord[],
): PayinEnd {
  if (successes.length === 0) return 'open';
  if (family.some(({ state }) => state === 'succeeded')) return 'ended';
  const left = family.filter((record) => whoLooksNext(record) !== 'sweeper');
  const isKept = ({ id }: Payment) => left.some(({ objectId }) => objectId === id);
  return successes.every(isKept) ? 'doubtful' : 'open';
}

/** Whether another payment may come. */
export type PayinEnd = 'open' | 'ended' | 'doubtful';

/** What an order, a link or a subscription says of a record for which nobody has paid. */
export function payinSighting(status: string, end: PayinEnd): Sighting {
  return {
    objectId: null,
    status,
    end: end === 'ended' ? 'failed' : undefined,
    difference: undefined,
    reason: end === 'ended' ? 'payin_ended' : undefined,
    doubt: end === 'doubtful' ? 'unexpected_success' : undefined,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
  };
}
