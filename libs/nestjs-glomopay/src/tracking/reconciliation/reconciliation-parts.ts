import type { Movements } from '../movements/movement.js';
import type { TrackingStore } from '../store/tracking-store.js';
import type { Mender } from './mender.js';

/** What a comparison works with. */
export interface ReconciliationParts {
  readonly account: string;
  readonly store: TrackingStore;
  readonly movements: Movements;
  readonly mender: Mender;
}
