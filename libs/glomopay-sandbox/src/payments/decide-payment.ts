import { timestamp } from '../time/clock.js';
import type { BankDecision } from './bank-decision.js';
import { conclude } from './compliance.js';
import type { ComplianceContext } from './compliance.js';
import { decided } from './payment-outcome.js';
import type { PaymentRecord } from './payment.js';

/** What a decision works on. */
export type DecisionContext = ComplianceContext;

/**
 * Records what the bank has decided, and credits the merchant. A payment that has a decision keeps it,
 * so a replay changes nothing.
 *
 * @param errorCode why it declines. @defaultValue 'PAYMENT_DECLINED'
 */
export function decidePayment(
  record: PaymentRecord,
  decision: BankDecision,
  context: DecisionContext,
  errorCode?: string,
): PaymentRecord {
  const now = context.payments.get(record.id) ?? record;
  if (!isOpen(now)) return now;
  const { screening } = context.account;
  const payment = decided(now, decision, {
    screening,
    now: timestamp(context.clock),
    errorCode,
    fundsHeld: now.isRemittance,
  });
  return conclude(now, payment, context);
}

/** Whether the bank still waits for an answer. */
export function isOpen({ payment }: PaymentRecord): boolean {
  return payment.status === 'in_progress';
}
