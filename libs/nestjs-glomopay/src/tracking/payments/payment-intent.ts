import { GlomopayValidationError } from '../../errors/validation.error.js';
import {
  CreatePaymentDto,
  type CreatePaymentInput,
} from '../../api/payments/create-payment.dto.js';
import { assertRequest } from '../../wire/to-wire.js';
import { expectationViolations, requestIdViolations } from '../movements/intent-rules.js';
import { recordedSubject } from './tracked-payment.js';
import type { TrackedIntent } from '../store/tracked-record.js';

/** What a payment must turn out to be before it counts as a success. */
export interface PaymentExpectation {
  /** Minor units of `currency`: the order's own amount. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** Your own reference, given to outcome handlers. @defaultValue the `requestId` */
  readonly reference?: string | undefined;
}

/**
 * The intent of a payment: what is written before the gateway is asked. The card has no place in it.
 *
 * @throws {GlomopayValidationError} the payment or the expectation breaks a rule; nothing is written.
 */
export function intentOf(
  account: string,
  payment: CreatePaymentInput | CreatePaymentDto,
  { amount, currency, reference }: PaymentExpectation,
): TrackedIntent {
  assertRequest(CreatePaymentDto, 'payment', payment);
  const requestId = payment.requestId ?? '';
  const violations = [
    ...requestIdViolations(requestId, 'payment'),
    ...expectationViolations(amount, currency),
  ];
  if (violations.length > 0) throw new GlomopayValidationError('payment', violations);
  return {
    account,
    kind: 'payment',
    requestId,
    reference: reference ?? requestId,
    ...recordedSubject({
      orderId: payment.orderId ?? null,
      subscriptionId: payment.subscriptionId ?? null,
    }),
    amount,
    currency,
  };
}
