import type { SandboxAccount } from '../account.js';
import type { Book } from '../books/book.js';
import type { Balances } from '../money/balances.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { BankDecision } from './bank-decision.js';
import { creditedAmount } from './charged-amount.js';
import { decided } from './payment-outcome.js';
import type { PaymentRecord } from './payment.js';

/** What a decision works on. */
export interface DecisionContext {
  readonly payments: Book<PaymentRecord>;
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly clock: Clock;
}

/**
 * Records what the bank has decided, and credits the merchant. A payment that has a decision keeps it,
 * so a replay changes nothing.
 */
export function decidePayment(
  record: PaymentRecord,
  decision: BankDecision,
  { payments, account, balances, clock }: DecisionContext,
): PaymentRecord {
  const now = payments.get(record.id) ?? record;
  if (!isOpen(now)) return now;
  const payment = decided(now, decision, account.screening, timestamp(clock));
  const updated = payments.move(record.id, { payment }) ?? now;
  if (payment.status === 'success') balances.credit(creditedAmount(payment));
  return updated;
}

/** Whether the bank still waits for an answer. */
export function isOpen({ payment }: PaymentRecord): boolean {
  return payment.status === 'in_progress';
}
