import type { ComplianceStatus, PaymentStatus } from '../../api/payments/payment.js';
import { isId, type IdText } from '../../values/ids.js';
import type {
  TrackedIntent,
  TrackedKey,
  TrackedKind,
  TrackedReason,
  TrackedRecord,
  TrackedResolution,
  TrackedState,
} from '../store/tracked-record.js';

/** The kinds of movement that are payments, whoever starts them: they share one outcome handler. */
export const paymentKinds = ['payment', 'collection'] as const satisfies readonly TrackedKind[];

/** Names a payment where both kinds have the same `requestId`. */
export interface PaymentKey {
  readonly kind: (typeof paymentKinds)[number];
  readonly requestId: string;
}

/** A payment as it is tracked: its record, in the words of payments. */
export interface TrackedPayment {
  /** Whether we start it (`payment`), or somebody pays elsewhere (`collection`). */
  readonly kind: PaymentKey['kind'];
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly requestId: string;
  /** The host's own reference; its `requestId` unless it gave another. */
  readonly reference: string;
  readonly orderId: IdText<'order'> | null;
  /** Of a collection only: a card of yours pays no link. */
  readonly paymentLinkId: IdText<'paymentLink'> | null;
  readonly subscriptionId: IdText<'subscription'> | null;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly state: TrackedState;
  readonly reason: TrackedReason | null;
  readonly paymentId: IdText<'payment'> | null;
  /**
   * The gateway's own status when it was last asked: of the payment; of the order, link or subscription
   * while a collection has none, and when it ended without one.
   */
  readonly gatewayStatus: PaymentStatus | null;
  readonly complianceStatus: ComplianceStatus | null;
  readonly fundsAvailable: boolean;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  /** How a person has closed it; null when none has, or when news came since. */
  readonly resolution: TrackedResolution | null;
  readonly resolvedBy: string | null;
  readonly resolutionNote: string | null;
  /** Grows with every change. */
  readonly version: number;
  /** How often the sweeper has looked. */
  readonly checks: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When the sweeper looks next; null when it does not. */
  readonly nextCheckAt: Date | null;
}

/** What a payment pays: an order or a link is paid once, a subscription again and again. */
export interface PaymentSubject {
  readonly orderId: IdText<'order'> | null;
  readonly paymentLinkId: IdText<'paymentLink'> | null;
  readonly subscriptionId: IdText<'subscription'> | null;
}

/** Tells whether a record is that of a card payment; others may be about the same order. */
export function isPayment({ kind }: Pick<TrackedKey, 'kind'>): boolean {
  return kind === 'payment';
}

/** Tells whether a record is that of what somebody pays elsewhere. */
export function isCollection({ kind }: Pick<TrackedKey, 'kind'>): boolean {
  return kind === 'collection';
}

/** The key of a payment's record. */
export function paymentKey(account: string, requestId: string): TrackedKey {
  return { account, kind: 'payment', requestId };
}

/** A payment's subject as its record has it. */
export function recordedSubject({
  orderId = null,
  paymentLinkId = null,
  subscriptionId = null,
}: Partial<PaymentSubject>): Pick<TrackedIntent, 'subjectId' | 'exclusive'> {
  const paidOnce = orderId ?? paymentLinkId;
  return { subjectId: paidOnce ?? subscriptionId, exclusive: paidOnce !== null };
}

/** The order, link or subscription of a payment's record: an id tells what it is of. */
export function paymentSubject({
  subjectId,
  exclusive,
}: Pick<TrackedIntent, 'subjectId' | 'exclusive'>): PaymentSubject {
  const none: PaymentSubject = { orderId: null, paymentLinkId: null, subscriptionId: null };
  if (!exclusive) return { ...none, subscriptionId: subjectId };
  return isId('paymentLink', subjectId)
    ? { ...none, paymentLinkId: subjectId }
    : { ...none, orderId: subjectId };
}

/** The record of a payment in the words of payments. */
export function asPayment(record: TrackedRecord): TrackedPayment {
  const { kind } = record;
  if (kind === 'refund') throw new TypeError('A refund is no payment');
  const { orderId, paymentLinkId, subscriptionId } = paymentSubject(record);
  return {
    kind,
    account: record.account,
    requestId: record.requestId,
    reference: record.reference,
    orderId,
    paymentLinkId,
    subscriptionId,
    amount: record.amount,
    currency: record.currency,
    state: record.state,
    reason: record.reason,
    paymentId: record.objectId,
    gatewayStatus: record.gatewayStatus,
    complianceStatus: record.complianceStatus,
    fundsAvailable: record.fundsAvailable,
    errorCode: record.errorCode,
    errorDescription: record.errorDescription,
    resolution: record.resolution,
    resolvedBy: record.resolvedBy,
    resolutionNote: record.resolutionNote,
    version: record.version,
    checks: record.checks,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    nextCheckAt: record.nextCheckAt,
  };
}

const expected = [
  'amount',
  'currency',
  'orderId',
  'paymentLinkId',
  'subscriptionId',
  'reference',
] as const;

/** The members in which a record is not that of the intent. */
export function differingPayment(intent: TrackedIntent, record: TrackedRecord): readonly string[] {
  const asked = { ...intent, ...paymentSubject(intent) };
  const stands = { ...record, ...paymentSubject(record) };
  return expected.filter((member) => asked[member] !== stands[member]);
}
