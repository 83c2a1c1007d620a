import type { Payment } from '../../api/payments/payment.js';
import { GlomopayValidationError, type GlomopayViolation } from '../../errors/validation.error.js';
import { isId } from '../../values/ids.js';
import { requestIdOf } from '../../wire/request-id.js';
import { STRAY } from '../movements/stray.js';
import { recordedSubject, type PaymentSubject } from '../payments/tracked-payment.js';
import type { TrackedIntent } from '../store/tracked-record.js';
import type { ExpectedPayment } from './reconciliation-options.js';

/**
 * The intent of a payment of which no record is left, as the host remembers it. What it pays is the
 * gateway's word, since the host found its expectation by it.
 *
 * @throws {GlomopayValidationError} the expectation breaks a rule.
 */
export function adoptedIntent(
  account: string,
  payment: Payment,
  { requestId: remembered, reference, amount, currency }: ExpectedPayment,
): TrackedIntent | undefined {
  const subject = subjectOf(payment);
  if (subject === undefined) return undefined;
  const requestId = remembered ?? requestIdOf(payment.raw) ?? payment.id;
  const violations: GlomopayViolation[] = [];
  const rule = (path: string, name: string, holds: boolean, message: string) => {
    if (!holds) violations.push({ path, rule: name, message });
  };
  const isFree = requestId !== '' && !requestId.startsWith(STRAY);
  rule('requestId', 'isFree', isFree, `must not be empty, nor begin with ${STRAY}`);
  const isWhole = Number.isSafeInteger(amount) && amount > 0;
  rule('amount', 'isMinorUnits', isWhole, 'must be a whole number of minor units, 1 or more');
  rule('currency', 'isCurrency', /^[A-Z]{3}$/.test(currency), 'must be an ISO 4217 code');
  if (violations.length > 0) throw new GlomopayValidationError('expectation', violations);
  return {
    account,
    kind: 'payment',
    requestId,
    reference: reference ?? requestId,
    ...recordedSubject(subject),
    amount,
    currency,
  };
}

/** Undefined: it was not paid by a card that we submitted, but by a link or a transfer. */
function subjectOf({ payinId, subscriptionId }: Payment): Partial<PaymentSubject> | undefined {
  if (payinId === null) return subscriptionId === null ? undefined : { subscriptionId };
  return isId('order', payinId) ? { orderId: payinId } : undefined;
}
