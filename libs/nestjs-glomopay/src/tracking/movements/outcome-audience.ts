import { publishOutcome, type GlomopayOutcomeMessage } from '../../diagnostics/outcome-message.js';
import type { AfterHandlers } from '../handlers/after-handlers.js';
import type { OutcomeGroup } from '../handlers/outcome-group.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { Settled } from '../store/tracking-store.js';
import type { Audience } from './audience.js';

/** What an outcome is about, for traces. */
export type OutcomeIds = Pick<GlomopayOutcomeMessage, 'orderId' | 'paymentId' | 'refundId'>;

/** Who hears of the outcomes of one sort of movement: the same for all, but for the words. */
export abstract class OutcomeAudience<Outcome extends object> implements Audience {
  readonly followers: AfterHandlers;
  readonly #handlers: OutcomeGroup<Outcome>;

  constructor(handlers: OutcomeGroup<Outcome>, followers: AfterHandlers) {
    this.#handlers = handlers;
    this.followers = followers;
  }

  abstract outcomeOf(record: TrackedRecord): Outcome | undefined;

  protected abstract idsOf(record: TrackedRecord): OutcomeIds;

  async conclude(record: TrackedRecord, tx: unknown): Promise<void> {
    const outcome = this.outcomeOf(record);
    if (outcome !== undefined) await this.#handlers.run(outcome, tx);
  }

  announce({ before, after }: Settled): void {
    const { kind, account, state, reason, createdAt, updatedAt } = after;
    if (state === before.state || state === 'created' || state === 'attempted') return;
    publishOutcome({
      account,
      kind,
      state,
      reason: reason ?? undefined,
      ...this.idsOf(after),
      durationMs: updatedAt.getTime() - createdAt.getTime(),
    });
  }
}
