import type { TrackedIntent, TrackedRecord } from '../tracked-record.js';

/** An intent to write. */
export interface NewIntent {
  readonly intent: TrackedIntent;
  readonly nextCheckMs: number;
}

/** What became of it. */
export interface InsertedIntent {
  readonly record: TrackedRecord;
  readonly inserted: boolean;
}

/** The key of an intent was taken, and its record is gone: somebody deletes rows by hand. */
export function deletedMeanwhile(): Error {
  return new Error('A tracked movement was deleted while it was written');
}
