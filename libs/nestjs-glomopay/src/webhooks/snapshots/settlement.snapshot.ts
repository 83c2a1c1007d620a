import { looseInteger, looseObject } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { moneySnapshot } from './money.snapshot.js';

/** A settlement at the time of an event. */
export type SettlementSnapshot = SnapshotOf<typeof settlementSnapshot>;

export const settlementSnapshot = snapshot({
  id: member('id'),
  status: member('status'),
  /** `swift_transfer`, … */
  paymentMethod: member('payment_method'),
  /** Minor units of `currency`. */
  amount: member('amount', looseInteger),
  currency: member('currency'),
  fees: member(
    'fees',
    looseObject((fees) => ({
      fxFee: fees.read('fx_fee', looseObject(moneySnapshot)),
      txnFee: fees.read('txn_fee', looseObject(moneySnapshot)),
    })),
  ),
  /** The bank's reference. */
  utr: member('utr'),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
