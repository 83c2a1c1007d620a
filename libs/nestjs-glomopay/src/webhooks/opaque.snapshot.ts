import { may, shape, type SnapshotOf } from '../wire/shape.js';

/** An object that the gateway does not document, or that this version does not know. */
export type OpaqueSnapshot = SnapshotOf<typeof opaqueShape>;

export const opaqueShape = shape('opaque', {
  id: may('id'),
  status: may('status'),
});
