import type { TrackedReason, TrackedState } from './tracked-record.js';

/**
 * Who brings a change of a record:
 * - `request`: the gateway's answer to our own request;
 * - `callback`: a buyer's browser; `webhook`: an event of the gateway; both made us ask the gateway;
 * - `check`: the host, who asked; `sweep`: the sweeper; `reconciliation`: a comparison of the books;
 * - `person`: somebody has closed it by hand.
 */
export type WitnessKind =
  'request' | 'callback' | 'webhook' | 'check' | 'sweep' | 'reconciliation' | 'person';

/** A witness, and which one: the id of a webhook event in the inbox, the name of a person. */
export interface Witness {
  readonly kind: WitnessKind;
  readonly id: string | null;
}

/** One change of a record, as it was written with the change. */
export interface HistoryLine {
  readonly at: Date;
  /** The record's version from then on; that of the intent is 1. */
  readonly version: number;
  /** Null for the intent. */
  readonly from: TrackedState | null;
  readonly to: TrackedState;
  readonly reason: TrackedReason | null;
  /** As the gateway spelled it then. */
  readonly gatewayStatus: string | null;
  readonly objectId: string | null;
  readonly witness: Witness;
  /** What a person has noted. */
  readonly note: string | null;
}

/** Witnesses that need no id. */
export const witnesses = {
  request: { kind: 'request', id: null },
  callback: { kind: 'callback', id: null },
  check: { kind: 'check', id: null },
  sweep: { kind: 'sweep', id: null },
  reconciliation: { kind: 'reconciliation', id: null },
} as const satisfies Record<string, Witness>;
