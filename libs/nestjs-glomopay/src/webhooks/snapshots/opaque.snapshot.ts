import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';

/** An object that the gateway does not document, or that this version does not know. */
export type OpaqueSnapshot = SnapshotOf<typeof opaqueSnapshot>;

export const opaqueSnapshot = snapshot({
  id: member('id'),
  status: member('status'),
});
