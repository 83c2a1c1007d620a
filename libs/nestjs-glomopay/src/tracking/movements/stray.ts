import type { TrackedKey } from '../store/tracked-record.js';

/** Begins the `requestId` of a record that no host has asked for; hosts may not use it. */
export const STRAY = 'stray:';

/** Tells whether a record stands for a movement that the host did not ask for. */
export function isStray({ requestId }: Pick<TrackedKey, 'requestId'>): boolean {
  return requestId.startsWith(STRAY);
}
