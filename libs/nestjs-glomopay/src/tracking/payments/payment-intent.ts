import { GlomopayValidationError, type GlomopayViolation } from '../../errors/validation.error.js';
import {
  CreatePaymentDto,
  type CreatePaymentInput,
} from '../../api/payments/create-payment.dto.js';
import { assertRequest } from '../../wire/to-wire.js';
import { STRAY } from '../movements/stray.js';
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
  const violations: GlomopayViolation[] = [];
  const requestId = payment.requestId ?? '';
  if (requestId === '') {
    violations.push({
      path: 'requestId',
      rule: 'isDefined',
      message: 'must be given for a tracked payment; derive it from your record',
    });
  }
  if (requestId.startsWith(STRAY)) {
    violations.push({
      path: 'requestId',
      rule: 'isFree',
      message: `must not begin with ${STRAY}, which names payments that nobody asked for`,
    });
  }
  if (!Number.isSafeInteger(amount) || amount < 1) {
    violations.push({
      path: 'amount',
      rule: 'isMinorUnits',
      message: 'must be a whole number of minor units, 1 or more',
    });
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    violations.push({ path: 'currency', rule: 'isCurrency', message: 'must be an ISO 4217 code' });
  }
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
