import type { Book } from '../books/book.js';
import type { Balances } from '../money/balances.js';
import type { Rfi, RfiNews } from '../rfi/rfi.js';
import type { RfiDesk } from '../rfi/rfi-desk.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { creditedAmount } from './charged-amount.js';
import type { ComplianceStatus, Payment, PaymentRecord, PaymentRfi } from './payment.js';

/** What compliance works on. */
export interface ComplianceContext {
  readonly payments: Book<PaymentRecord>;
  readonly rfis: RfiDesk;
  readonly balances: Balances;
  readonly clock: Clock;
}

/**
 * Where an RFI leads the compliance of its payment. INFERRED: one that nobody has answered leaves it as
 * it is, so that the money is held for good.
 */
const STATUS_AFTER: Partial<Record<RfiNews, ComplianceStatus>> = {
  asked: 'action_required',
  answered: 'under_review',
  approved: 'approved',
  rejected: 'rejected',
};

/**
 * Writes down where a payment has come to. Usable money is credited; about held money an RFI is raised,
 * and it is credited when compliance has approved.
 */
export function conclude(
  { id }: PaymentRecord,
  payment: Payment,
  context: ComplianceContext,
): PaymentRecord {
  const rfi = payment.compliance_status === 'action_required' ? ask(id, context) : null;
  context.payments.move(id, { payment: { ...payment, rfi: rfi && shown(rfi) } });
  if (payment.funds_available) context.balances.credit(creditedAmount(payment));
  return context.payments.find(id);
}

function ask(paymentId: string, context: ComplianceContext): Rfi {
  return context.rfis.raise({
    objectId: paymentId,
    told: (news, rfi) => {
      const status = STATUS_AFTER[news];
      if (status) review(paymentId, status, rfi, context);
    },
  });
}

/** INFERRED: rejected money is never usable, and what was paid with it stays paid. */
function review(
  id: string,
  status: ComplianceStatus,
  rfi: Rfi,
  { payments, balances, clock }: ComplianceContext,
): void {
  const { payment } = payments.find(id);
  const isFreed = status === 'approved' && !payment.funds_available;
  payments.move(id, {
    payment: {
      ...payment,
      compliance_status: status,
      rfi: shown(rfi),
      funds_available: payment.funds_available || isFreed,
      updated_at: timestamp(clock),
    },
  });
  if (isFreed) balances.credit(creditedAmount(payment));
}

function shown({ status, documents_required, ...rfi }: Rfi): PaymentRfi {
  const { id, reason_code, reason_code_description, response_deadline } = rfi;
  return {
    id,
    reason_code,
    reason_code_description,
    response_deadline,
    documents_required: status === 'action_required' ? documents_required : null,
  };
}
