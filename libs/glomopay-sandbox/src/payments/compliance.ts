import type { Rfi, RfiNews } from '../rfi/rfi.js';
import type { RfiDesk } from '../rfi/rfi-desk.js';
import { timestamp } from '../time/clock.js';
import { creditedAmount } from './charged-amount.js';
import { creditFunds } from './funds.js';
import type { FundsContext } from './funds.js';
import type { ComplianceStatus, Payment, PaymentRecord, PaymentRfi } from './payment.js';

/** What compliance works on. */
export interface ComplianceContext extends FundsContext {
  readonly rfis: RfiDesk;
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
 * Writes down where a payment has come to, and credits its money: to what is on its way while it is held.
 * Where compliance asks first, an RFI is raised.
 */
export function conclude(
  { id, customerName }: PaymentRecord,
  payment: Payment,
  context: ComplianceContext,
): PaymentRecord {
  const rfi = payment.compliance_status === 'action_required' ? ask(id, context) : null;
  const isPaid = payment.status === 'success';
  context.payments.move(id, {
    payment: { ...payment, rfi: rfi && shown(rfi) },
    customerName,
    fundsHeld: isPaid && !payment.funds_available,
  });
  if (isPaid) creditFunds(payment, context);
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

/** INFERRED: rejected money goes back and is never usable, and what was paid with it stays paid. */
function review(id: string, status: ComplianceStatus, rfi: Rfi, context: ComplianceContext): void {
  const { payments, balances, clock } = context;
  const { payment } = payments.find(id);
  const isHeld = !payment.funds_available;
  const reviewed: Payment = {
    ...payment,
    compliance_status: status,
    rfi: shown(rfi),
    funds_available: !isHeld || status === 'approved',
    updated_at: timestamp(clock),
  };
  payments.move(id, { payment: reviewed });
  if (!isHeld || !isDecided(status)) return;
  balances.debit(creditedAmount(payment), 'pending');
  if (status === 'approved') creditFunds(reviewed, context);
}

function isDecided(status: ComplianceStatus): boolean {
  return status === 'approved' || status === 'rejected';
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
