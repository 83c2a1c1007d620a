import type { RequestOptions } from '../../http/request-options.js';
import type { AfterHandlers } from '../handlers/after-handlers.js';
import type { TrackedKind, TrackedReason, TrackedRecord } from '../store/tracked-record.js';
import type { Settled } from '../store/tracking-store.js';
import type { CheckPlan } from './check-plan.js';
import type { MilestoneAudience } from './milestones.js';

/** What the gateway says of a movement, in the words of the state machine. */
export interface Sighting {
  /** The gateway's id of it; null while it has none, or has ended without one. */
  readonly objectId: string | null;
  /** As the gateway spells it. */
  readonly status: string;
  /** How it ended; undefined while it has not. */
  readonly end: 'succeeded' | 'failed' | undefined;
  /** What is not as the intent has it: subject, amount or currency. Undefined when all is. */
  readonly difference: TrackedReason | undefined;
  /** Why it failed, where there is no object to tell. */
  readonly reason?: TrackedReason | undefined;
  /** Why a person has to say how it ended: nothing more will come of it. */
  readonly doubt?: TrackedReason | undefined;
  /**
   * What all movements of the kind may come to for the same subject, in minor units of the currency.
   * Undefined where nothing bounds them, or where it does not matter yet.
   */
  readonly atMost?: { readonly amount: number; readonly currency: string } | undefined;
  readonly complianceStatus: string | null;
  readonly fundsAvailable: boolean;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
}

/** One kind of movement: how the gateway is asked about it, and who hears of its outcome. */
export interface Movement {
  readonly kind: TrackedKind;
  readonly plan: CheckPlan;
  /**
   * What the gateway has for a record now: the object whose id it knows, or all that stand under its
   * `request_id`.
   *
   * @throws {GlomopayError} the gateway did not answer.
   */
  look(record: TrackedRecord, options?: RequestOptions): Promise<readonly Sighting[]>;
  /** What handlers hear of a record that has its outcome, as JSON can keep it; undefined of another. */
  outcomeOf(record: TrackedRecord): object | undefined;
  /** Who hears of an outcome after it is committed. */
  readonly followers: AfterHandlers;
  /** Runs the host's handlers of an outcome inside the transaction that records it. */
  conclude(record: TrackedRecord, tx: unknown): Promise<void>;
  /** Who hears of milestones after a success; undefined where there are none. */
  readonly milestones?: MilestoneAudience;
  /** Says that a movement has come to an end, or to a person, once that is committed. */
  announce(settled: Settled): void;
}

/** The kinds of movement that this application tracks. */
export class Movements {
  readonly #movements: ReadonlyMap<string, Movement>;

  constructor(movements: readonly Movement[]) {
    this.#movements = new Map(movements.map((movement) => [movement.kind, movement]));
  }

  get kinds(): readonly TrackedKind[] {
    return [...this.#movements.values()].map(({ kind }) => kind);
  }

  has(kind: TrackedKind): boolean {
    return this.#movements.has(kind);
  }

  /** @throws {Error} nothing here tracks the kind: another version of the application does. */
  of(kind: string): Movement {
    const movement = this.#movements.get(kind);
    if (movement === undefined) throw new Error(`nothing here tracks movements of kind ${kind}`);
    return movement;
  }
}
