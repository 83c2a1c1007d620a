import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { hasPrefix } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import { timestamp } from '../time/clock.js';
import { conclude } from './compliance.js';
import type { ComplianceContext } from './compliance.js';
import type { Payable } from './payable.js';
import type { Payin, PayinSource } from './payin-source.js';
import { received } from './payment-outcome.js';
import type { Payment, PaymentRecord } from './payment.js';

/** What connecting works on. */
export interface ConnectContext extends ComplianceContext {
  readonly payins: readonly PayinSource[];
  readonly customers: Book<Customer>;
}

/** The reasons that a merchant can mend. */
const MENDABLE: ReadonlySet<string | null> = new Set(['PAYIN_NOT_FOUND', 'PAYIN_AMOUNT_MISMATCH']);

/** What a transfer may have been meant for: active, and for just what has come. */
export function eligiblePayins(
  { payment }: PaymentRecord,
  payins: readonly PayinSource[],
): readonly Payin[] {
  if (!isMendable(payment)) return [];
  return payins.flatMap((source) => source.list?.() ?? []).filter((payin) => isMet(payin, payment));
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
  const { account, clock, payins, customers } = context;
  const source = payins.find(({ idPrefix }) => hasPrefix(payinId, idPrefix));
  const payin = source?.list && source.find(payinId);
  if (!payin) throw GatewayError.notFound('Payin');
  if (!isMendable(record.payment)) {
    throw GatewayError.badRequest('Payment is not waiting for a payin');
  }
  if (!isMet(payin, record.payment)) {
    throw GatewayError.badRequest('Payin is not eligible for this payment');
  }
  const connected = connectedTo(record, payin.payable, customers);
  const { screening, transferFundsHeld: fundsHeld } = account;
  const ruling = { screening, now: timestamp(clock), fundsHeld };
  const after = conclude(connected, received(connected, 'transfer', ruling), context);
  if (after.payment.status === 'success') source.pay(payinId);
  return after;
}

function connectedTo(
  record: PaymentRecord,
  { amount, currency, members, referralFee }: Payable,
  customers: Book<Customer>,
): PaymentRecord {
  const customer = customers.get(members.customer_id ?? '');
  return {
    ...record,
    customerName: customer?.name ?? record.customerName,
    referralFee,
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

function isMet({ isActive, payable }: Payin, payment: Payment): boolean {
  const { payment_amount: amount, payment_currency: currency } = payment;
  return isActive && payable.amount === amount && payable.currency === currency;
}
