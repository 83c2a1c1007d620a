import type { Money } from '../money/money.js';

/** What the gateway calls it, and how its ids begin. */
export const SETTLEMENT = { kind: 'Settlement', idPrefix: 'setl' } as const;

/** Usable money on its way to the merchant's own bank, as the gateway answers it. */
export interface Settlement {
  readonly id: string;
  readonly status: SettlementStatus;
  readonly payment_method: 'swift_transfer';
  readonly amount: number;
  readonly currency: string;
  readonly fees: SettlementFees;
  /** The bank's reference. */
  readonly utr: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Those that a settlement has here; the gateway has all of a payout. */
export type SettlementStatus = 'in_progress' | 'success';

export interface SettlementFees {
  readonly fx_fee: Money;
  readonly txn_fee: Money;
}

/** What a settlement has of one payment, as the gateway answers it. */
export interface SettlementTransaction {
  readonly id: string;
  readonly source_id: string;
  readonly source_type: 'payment';
  readonly credit: Money;
  readonly debit: Money;
  readonly fees: SettlementFees;
  readonly settled_amount: Money;
  readonly processed_at: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A settlement with its transactions, which are asked for by a call of their own. */
export interface SettlementRecord {
  readonly id: string;
  readonly created_at: string;
  readonly settlement: Settlement;
  readonly transactions: readonly SettlementTransaction[];
}
