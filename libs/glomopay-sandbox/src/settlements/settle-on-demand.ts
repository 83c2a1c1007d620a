import { GatewayError } from '../http/gateway-error.js';
import { creditedAmount } from '../payments/charged-amount.js';
import type { Payment } from '../payments/payment.js';
import type { SettlementRequest } from './read-settlement.js';
import { isSettleable, openSettlement, settlePayments } from './settle.js';
import type { SettleContext } from './settle.js';
import type { SettlementRecord } from './settlement.js';

/**
 * Settles what a merchant asks for. INFERRED: an amount is of the balance as a whole, and no payment is
 * marked for it.
 *
 * @throws {GatewayError} 400 for an unknown payment (INFERRED), or when the balance has less; 422 for
 *   payments that cannot be settled. Nothing is settled then.
 */
export function settleOnDemand(
  request: SettlementRequest,
  context: SettleContext,
): SettlementRecord {
  if ('money' in request) return openSettlement(request.money, [], context);
  const payments = request.paymentIds.map((id) => paymentOf(id, context));
  if (payments.some(({ settlement_id }) => settlement_id !== null)) {
    throw unsettled('some payments are already settled');
  }
  // INFERRED texts of what follows.
  if (!payments.every(isSettleable)) throw unsettled('some payments are not available');
  const [currency = '', ...others] = new Set(payments.map((each) => creditedAmount(each).currency));
  if (others.length > 0) throw unsettled('payments are in several currencies');
  return settlePayments(payments, currency, context);
}

function paymentOf(id: string, { payments }: SettleContext): Payment {
  const record = payments.get(id);
  if (!record) throw GatewayError.badRequest('Payment not found');
  return record.payment;
}

function unsettled(why: string): GatewayError {
  return GatewayError.unprocessable(`Payments cannot be settled: ${why}`);
}
