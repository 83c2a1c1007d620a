import type { Refund } from '../../api/refunds/refund.js';
import { isId, type RefundId } from '../../values/ids.js';
import { STRAY } from '../movements/stray.js';
import type { TrackedIntent, TrackedKey, TrackedRecord } from '../store/tracked-record.js';

/** Refunds that the gateway makes by itself, of charges that only prove a card. */
const GATEWAYS_OWN: readonly (string | null)[] = [
  'Refunded For Subscription Verification',
  'Refunded For Subscription Card Update',
];

/** Tells whether a refund is one that nobody has to ask for. */
export function isGatewaysOwn({ reason }: Pick<Refund, 'reason'>): boolean {
  return GATEWAYS_OWN.includes(reason);
}

/** The refund that a stray record stands for. */
export function strayRefundId({ requestId }: Pick<TrackedKey, 'requestId'>): RefundId | undefined {
  const id = requestId.slice(STRAY.length);
  return requestId.startsWith(STRAY) && isRefundId(id) ? id : undefined;
}

/** The record of a refund that no record asked for, under the reference of one that it stands beside. */
export function strayRefundIntent(refund: Refund, beside: TrackedRecord): TrackedIntent {
  return {
    account: beside.account,
    kind: 'refund',
    requestId: `${STRAY}${refund.id}`,
    reference: beside.reference,
    subjectId: refund.paymentId,
    exclusive: false,
    amount: refund.amount,
    currency: refund.currency,
  };
}

function isRefundId(value: string): value is RefundId {
  return isId('refund', value);
}
