import { timestamp } from '../time/clock.js';
import type { BankDecision } from './bank-decision.js';
import { creditFunds } from './funds.js';
import type { FundsContext } from './funds.js';
import { decided } from './payment-outcome.js';
import type { PaymentRecord } from './payment.js';

/** What a decision works on. */
export type DecisionContext = FundsContext;

/**
 * Records what the bank has decided, and credits the merchant. A payment that has a decision keeps it,
 * so a replay changes nothing.
 */
export function decidePayment(
  record: PaymentRecord,
  decision: BankDecision,
  context: DecisionContext,
): PaymentRecord {
  const { payments, account, clock } = context;
  const now = payments.get(record.id) ?? record;
  if (!isOpen(now)) return now;
  const payment = decided(now, decision, account.screening, timestamp(clock));
  const isPaid = payment.status === 'success';
  const fundsHeld = isPaid && !payment.funds_available;
  const updated = payments.move(record.id, { payment, fundsHeld }) ?? now;
  if (isPaid) creditFunds(payment, context);
  return updated;
}

/** Whether the bank still waits for an answer. */
export function isOpen({ payment }: PaymentRecord): boolean {
  return payment.status === 'in_progress';
}
