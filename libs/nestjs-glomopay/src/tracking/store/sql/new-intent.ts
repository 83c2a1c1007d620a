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

/** Intents as a list of JSON, by the columns of their table and `next_check_ms`. */
export function intentsJson(items: readonly NewIntent[]): string {
  return JSON.stringify(items.map(toRow));
}

function toRow({ intent, nextCheckMs }: NewIntent): object {
  return {
    account: intent.account,
    kind: intent.kind,
    request_id: intent.requestId,
    reference: intent.reference,
    subject_id: intent.subjectId,
    exclusive: intent.exclusive,
    amount: intent.amount,
    currency: intent.currency,
    next_check_ms: nextCheckMs,
  };
}
