import { CreateRefundDto, type CreateRefundInput } from '../../api/refunds/create-refund.dto.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { assertRequest } from '../../wire/to-wire.js';
import { expectationViolations, requestIdViolations } from '../movements/intent-rules.js';
import type { TrackedIntent, TrackedRecord } from '../store/tracked-record.js';
import { refundKey } from './tracked-refund.js';

/** What a refund is to you. */
export interface RefundExpectation {
  /** Your own reference, given to outcome handlers. @defaultValue the `requestId` */
  readonly reference?: string | undefined;
  /**
   * What goes back, in minor units of `currency`, where the request names no amount: all that is left of
   * the payment. @defaultValue what `refunds.refundable` says is left
   */
  readonly amount?: number | undefined;
  /**
   * The payment's `convertedCurrency`, in which refunds are asked for. With it, and an amount, the
   * gateway is not asked beforehand. @defaultValue what `refunds.refundable` says
   */
  readonly currency?: string | undefined;
}

/** What a refund asks for, as far as its caller has said. */
export interface AskedRefund {
  readonly amount: number | undefined;
  readonly currency: string | undefined;
  readonly reference: string;
}

/**
 * Reads what is asked for.
 *
 * @throws {GlomopayValidationError} the request or the expectation breaks a rule.
 */
export function askedOf(
  refund: CreateRefundInput,
  { reference, amount, currency }: RefundExpectation,
): AskedRefund {
  assertRequest(CreateRefundDto, 'refund', refund);
  const { requestId } = refund;
  const violations = [
    ...requestIdViolations(requestId, 'refund'),
    ...expectationViolations(amount ?? 1, currency ?? 'USD'),
  ];
  if (refund.amount !== undefined && amount !== undefined && refund.amount !== amount) {
    const message = 'must be the amount of the request, where that has one';
    violations.push({ path: 'amount', rule: 'isSame', message });
  }
  if (violations.length > 0) throw new GlomopayValidationError('refund', violations);
  return { amount: refund.amount ?? amount, currency, reference: reference ?? requestId };
}

/** The intent of a refund: what is written before the gateway is asked. */
export function refundIntent(
  account: string,
  { requestId, paymentId }: CreateRefundInput,
  { reference }: AskedRefund,
  { amount, currency }: Pick<TrackedIntent, 'amount' | 'currency'>,
): TrackedIntent {
  return {
    ...refundKey(account, requestId),
    reference,
    subjectId: paymentId,
    exclusive: false,
    amount,
    currency,
  };
}

/** The members in which a record is not what is asked for; what nobody has said differs in nothing. */
export function differingIntent(
  { paymentId }: CreateRefundInput,
  { amount, currency, reference }: AskedRefund,
  stands: TrackedRecord,
): readonly string[] {
  const differs = {
    paymentId: paymentId !== stands.subjectId,
    amount: amount !== undefined && amount !== stands.amount,
    currency: currency !== undefined && currency !== stands.currency,
    reference: reference !== stands.reference,
  };
  return Object.entries(differs).flatMap(([member, isOther]) => (isOther ? [member] : []));
}
