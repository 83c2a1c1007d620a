import type { Settlement } from '../tracking-store.js';
import { inTime } from './connections/time-limits.js';

/** What the handlers of an outcome may take together, in milliseconds; then nothing is recorded. */
const EFFECT_WITHIN_MS = 60_000;

/** The settlement, whose handlers have a connection of the host's pool in hand no longer than a minute. */
export function withinAMinute<Tx>(settlement: Settlement<Tx>): Settlement<Tx> {
  return {
    ...settlement,
    effect: (before, after, tx) =>
      inTime(settlement.effect(before, after, tx), EFFECT_WITHIN_MS, tooSlow),
  };
}

function tooSlow(): Error {
  return new Error(`The outcome handlers did not end within ${EFFECT_WITHIN_MS / 1000} s`);
}
