import type { RequestOptions } from '../../http/request-options.js';
import type { TrackedKind, TrackedReason, TrackedRecord } from '../store/tracked-record.js';
import type { Audience } from './audience.js';
import type { CheckPlan } from './check-plan.js';

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
  readonly audience: Audience;
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
