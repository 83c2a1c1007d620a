import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';

/** A virtual account at the time of an event. It has an `accountId`, and no `id`. */
export type VirtualAccountSnapshot = SnapshotOf<typeof virtualAccountSnapshot>;

export const virtualAccountSnapshot = snapshot({
  accountId: member('account_id'),
  status: member('status'),
  currency: member('currency'),
  /** Such as an IBAN. */
  accountNumber: member('account_number'),
  name: member('name'),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
