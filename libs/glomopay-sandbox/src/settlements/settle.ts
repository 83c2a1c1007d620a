import { randomInt } from 'node:crypto';
import type { Book } from '../books/book.js';
import { newId } from '../books/object-id.js';
import type { Balances } from '../money/balances.js';
import type { Money } from '../money/money.js';
import { creditedAmount } from '../payments/charged-amount.js';
import type { Payment, PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { SETTLEMENT } from './settlement.js';
import type { SettlementRecord, SettlementTransaction } from './settlement.js';

/** How long the bank takes (INFERRED). */
const BANK_MS = 60_000;

/** The currencies that are settled. */
const CURRENCIES = ['USD', 'EUR', 'GBP', 'AED', 'SGD'];

/** What settling works on. */
export interface SettleContext extends Pick<ResourceKit, 'clock'> {
  readonly settlements: Book<SettlementRecord>;
  readonly payments: Book<PaymentRecord>;
  readonly balances: Balances;
}

/**
 * Settles what is usable: one settlement for each currency in which there is a payment. Each is in progress
 * for a minute, then it has succeeded.
 *
 * INFERRED: the oldest payments come first, and those that the balance does not cover any more, after
 * refunds say, are left for the next time.
 */
export function settleAll(context: SettleContext): SettlementRecord[] {
  return CURRENCIES.flatMap((currency) => settle(currency, context) ?? []);
}

function settle(currency: string, context: SettleContext): SettlementRecord | undefined {
  const { payments, balances } = context;
  const usable = payments
    .list()
    .toReversed()
    .map(({ payment }) => payment)
    .filter((payment) => isSettleable(payment) && creditedAmount(payment).currency === currency);
  const settled = coveredBy(balances.amountOf(currency), usable);
  return settled.length === 0 ? undefined : settlePayments(settled, currency, context);
}

/** Settles just these payments, of one currency. @throws {GatewayError} 400 when the balance has less. */
export function settlePayments(
  settled: readonly Payment[],
  currency: string,
  context: SettleContext,
): SettlementRecord {
  const amount = settled.reduce((sum, payment) => sum + creditedAmount(payment).amount, 0);
  return openSettlement({ amount, currency }, settled, context);
}

/** Takes money of the balance to the merchant's bank. @throws {GatewayError} 400 when the balance has less. */
export function openSettlement(
  { amount, currency }: Money,
  settled: readonly Payment[],
  { settlements, payments, balances, clock }: SettleContext,
): SettlementRecord {
  balances.debit({ amount, currency });
  const now = timestamp(clock);
  const id = newId(SETTLEMENT.idPrefix, clock);
  const none = { amount: 0, currency };
  for (const payment of settled) {
    payments.move(payment.id, { payment: { ...payment, settlement_id: id, updated_at: now } });
  }
  const record = settlements.open({
    id,
    created_at: now,
    settlement: {
      id,
      status: 'in_progress',
      payment_method: 'swift_transfer',
      amount,
      currency,
      fees: { fx_fee: none, txn_fee: none },
      utr: null,
      created_at: now,
      updated_at: now,
    },
    transactions: settled.map((payment) => transactionOf(payment, clock)),
  });
  settlements.moveLater(id, BANK_MS, ({ settlement }) => ({
    settlement: {
      ...settlement,
      status: 'success',
      utr: `UTR${randomInt(1e9, 1e10)}`,
      updated_at: timestamp(clock),
    },
  }));
  return record;
}

/** Paid, usable, and in no settlement. INFERRED: top-ups stay where they are. */
export function isSettleable(payment: Payment): boolean {
  const { status, funds_available, settlement_id, payin_type } = payment;
  const isUsable = status === 'success' && funds_available;
  return isUsable && settlement_id === null && payin_type !== 'add_funds';
}

function coveredBy(balance: number, payments: readonly Payment[]): Payment[] {
  let left = balance;
  return payments.filter((payment) => {
    const { amount } = creditedAmount(payment);
    if (amount === 0 || amount > left) return false;
    left -= amount;
    return true;
  });
}

/** INFERRED: a referral fee is what is debited. */
function transactionOf(payment: Payment, clock: Clock): SettlementTransaction {
  const settled = creditedAmount(payment);
  const { currency } = settled;
  const fee = payment.fees?.txn_fee.amount ?? 0;
  const credit = payment.converted_amount;
  const now = timestamp(clock);
  return {
    id: newId('txn', clock),
    source_id: payment.id,
    source_type: 'payment',
    credit: { amount: credit, currency },
    debit: { amount: credit - fee - settled.amount, currency },
    fees: { fx_fee: { amount: 0, currency }, txn_fee: { amount: fee, currency } },
    settled_amount: settled,
    processed_at: now,
    created_at: now,
    updated_at: now,
  };
}
