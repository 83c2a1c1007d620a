import type { Payment } from '../../../api/payments/payment.js';
import type { Sighting } from '../../movements/movement.js';

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
  const began = Date.parse(createdAt ?? '');
  return Number.isNaN(began) || now - began < AT_THE_BANK_MS;
}

/** What an order, a link or a subscription says of a record for which nobody has paid. */
export function payinSighting(status: string, hasEnded: boolean): Sighting {
  return {
    objectId: null,
    status,
    end: hasEnded ? 'failed' : undefined,
    difference: undefined,
    reason: hasEnded ? 'payin_ended' : undefined,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
  };
}
