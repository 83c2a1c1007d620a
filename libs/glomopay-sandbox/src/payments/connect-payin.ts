import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Money } from '../money/money.js';
import { timestamp } from '../time/clock.js';
import { conclude } from './compliance.js';
import type { DecisionContext } from './decide-payment.js';
import type { Payable } from './payable.js';
import { received } from './payment-outcome.js';
import type { Payment, PaymentRecord } from './payment.js';

/** What a transfer can pay, as its payer sees it. */
export interface MatchedPayin {
  readonly payable: Payable;
  /** Whether money is taken now. */
  readonly isActive: boolean;
  /** What a transfer has to bring. */
  readonly asked: Money;
}

/** Everything that a transfer can pay. */
export interface MatchingPayins {
  find(id: string): MatchedPayin | undefined;
  list(): MatchedPayin[];
  markPaid(id: string): void;
}

/** What connecting works on. */
export interface ConnectContext extends DecisionContext {
  readonly payins: MatchingPayins;
  readonly customers: Book<Customer>;
}

/** The reasons that a merchant can mend. */
const MENDABLE: ReadonlySet<string | null> = new Set(['PAYIN_NOT_FOUND', 'PAYIN_AMOUNT_MISMATCH']);

/** What a transfer may have been meant for: active, and for just what has come. */
export function eligiblePayins(
  { payment }: PaymentRecord,
  payins: MatchingPayins,
): readonly MatchedPayin[] {
  return isMendable(payment) ? payins.list().filter((payin) => isMet(payin, payment)) : [];
}

/**
 * Says what a transfer was meant for. It is screened and concluded as if it had named that at first.
 *
 * @throws {GatewayError} 404 for an unknown payin; 400 for a payment that waits for none, and a payin
 *   that is not eligible (INFERRED texts).
 */
export function connectPayin(
  record: PaymentRecord,
  payinId: string,
  context: ConnectContext,
): PaymentRecord {
  const payin = context.payins.find(payinId);
  if (!payin) throw GatewayError.notFound('Payin');
  if (!isMendable(record.payment)) {
    throw GatewayError.badRequest('Payment is not waiting for a payin');
  }
  if (!isMet(payin, record.payment)) {
    throw GatewayError.badRequest('Payin is not eligible for this payment');
  }
  const { screening } = context.account;
  const connected = connectedTo(record, payin.payable, context.customers);
  const payment = received(connected, 'transfer', { screening, now: timestamp(context.clock) });
  const after = conclude(record, payment, context);
  if (after.payment.status === 'success') context.payins.markPaid(payinId);
  return after;
}

function connectedTo(
  record: PaymentRecord,
  { amount, currency, members }: Payable,
  customers: Book<Customer>,
): PaymentRecord {
  const customer = customers.get(members.customer_id);
  return {
    ...record,
    customerName: customer?.name ?? record.customerName,
    payment: {
      ...record.payment,
      ...members,
      requested_amount: amount,
      requested_currency: currency,
      converted_amount: amount,
      converted_currency: currency,
      country: customer?.country ?? record.payment.country,
    },
  };
}

function isMendable({ status, error_code: code }: Payment): boolean {
  return status === 'action_required' && MENDABLE.has(code);
}

function isMet({ isActive, asked }: MatchedPayin, payment: Payment): boolean {
  const { payment_amount: amount, payment_currency: currency } = payment;
  return isActive && asked.amount === amount && asked.currency === currency;
}
