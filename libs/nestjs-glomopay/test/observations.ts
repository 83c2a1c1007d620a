import type { Sighting } from '../src/tracking/movements/movement.js';
import type { Observation } from '../src/tracking/movements/transition.js';
import type { TrackedResolution } from '../src/tracking/store/tracked-record.js';

/** A look at the gateway: in progress, and as it was asked for, unless spoiled. */
export function aSighting({ status = 'in_progress', ...over }: Partial<Sighting> = {}): Sighting {
  const ends = { success: 'succeeded', failed: 'failed' } as const;
  return {
    objectId: 'payt_1',
    status,
    end: status === 'success' || status === 'failed' ? ends[status] : undefined,
    difference: undefined,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
    ...over,
  };
}

export function aLook(over: Partial<Sighting> = {}): Observation {
  return { kind: 'seen', sighting: aSighting(over) };
}

/** A person closes a record. */
export function aClosing(as: TrackedResolution): Observation {
  return { kind: 'resolved', as, note: 'as the bank says', by: 'asha' };
}
