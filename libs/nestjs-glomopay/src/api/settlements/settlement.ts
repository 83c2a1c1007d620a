import { looseId, looseInteger, looseObject } from '../../wire/readers.js';
import { may, shape, type SnapshotOf } from '../../wire/shape.js';
import { readFees } from '../parts/money.js';

/** A settlement at the time of an event. */
export type SettlementSnapshot = SnapshotOf<typeof settlementShape>;

export const settlementShape = shape('settlement', {
  id: may('id', looseId<'settlement'>()),
  status: may('status'),
  /** `swift_transfer`, … */
  paymentMethod: may('payment_method'),
  /** Minor units of `currency`. */
  amount: may('amount', looseInteger),
  currency: may('currency'),
  fees: may('fees', looseObject(readFees)),
  /** The bank's reference. */
  utr: may('utr'),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
