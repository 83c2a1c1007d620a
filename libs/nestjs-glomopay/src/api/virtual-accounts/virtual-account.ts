import { may, shape, type SnapshotOf } from '../../wire/shape.js';

/** A virtual account at the time of an event. It has an `accountId`, and no `id`. */
export type VirtualAccountSnapshot = SnapshotOf<typeof virtualAccountShape>;

export const virtualAccountShape = shape('virtual_account', {
  accountId: may('account_id'),
  status: may('status'),
  currency: may('currency'),
  /** Such as an IBAN. */
  accountNumber: may('account_number'),
  name: may('name'),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
