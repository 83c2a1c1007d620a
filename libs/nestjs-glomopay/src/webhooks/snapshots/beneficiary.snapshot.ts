import { looseTexts, notes } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';

/** A beneficiary at the time of an event. Its address and accounts are under `raw` alone. */
export type BeneficiarySnapshot = SnapshotOf<typeof beneficiarySnapshot>;

export const beneficiarySnapshot = snapshot({
  id: member('id'),
  status: member('status'),
  name: member('name'),
  /** `individual` or `business`. */
  type: member('type'),
  /** `payout` or `lrs`. */
  category: member('category'),
  nickname: member('nickname'),
  email: member('email'),
  phone: member('phone'),
  /** Ids of documents. */
  documents: member('documents', looseTexts),
  notes: member('notes', notes),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
