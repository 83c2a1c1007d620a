import { looseId, looseTexts, notes } from '../../wire/readers.js';
import { may, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';

/** Who is paid, as the gateway records it. Its address and accounts are under `raw` alone. */
export interface Beneficiary extends ObjectOf<typeof beneficiaryShape> {}

/** A beneficiary at the time of an event. Its address and accounts are under `raw` alone. */
export type BeneficiarySnapshot = SnapshotOf<typeof beneficiaryShape>;

export const beneficiaryShape = shape('beneficiary', {
  id: may('id', looseId<'beneficiary'>()),
  status: may('status'),
  name: may('name'),
  /** `individual` or `business`. */
  type: may('type'),
  /** `payout` or `lrs`. */
  category: may('category'),
  nickname: may('nickname'),
  email: may('email'),
  phone: may('phone'),
  /** Ids of documents. */
  documents: may('documents', looseTexts),
  notes: may('notes', notes),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
