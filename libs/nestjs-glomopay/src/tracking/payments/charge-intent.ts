import {
  ChargeSubscriptionDto,
  type ChargeSubscriptionInput,
} from '../../api/payments/charge-subscription.dto.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { assertRequest } from '../../wire/to-wire.js';
import { requestIdViolations } from '../movements/intent-rules.js';
import type { TrackedIntent } from '../store/tracked-record.js';
import { recordedSubject } from './tracked-payment.js';

/** What the host calls a charge. */
export interface ChargeReference {
  /** Your own reference, given to outcome handlers. @defaultValue the `requestId` */
  readonly reference?: string | undefined;
}

/**
 * The intent of a further charge of a subscription, which is expected to be what it asks for.
 *
 * @throws {GlomopayValidationError} the charge breaks a rule; nothing is written.
 */
export function chargeIntentOf(
  account: string,
  charge: ChargeSubscriptionInput,
  reference?: string,
): TrackedIntent {
  assertRequest(ChargeSubscriptionDto, 'charge', charge);
  const { requestId, subscriptionId, amount, currency } = charge;
  const violations = requestIdViolations(requestId, 'payment');
  if (violations.length > 0) throw new GlomopayValidationError('charge', violations);
  return {
    account,
    kind: 'payment',
    requestId,
    reference: reference ?? requestId,
    ...recordedSubject({ subscriptionId }),
    amount,
    currency,
  };
}
