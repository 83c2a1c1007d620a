import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Witness } from '../store/history-line.js';
import { GlomopayNotResolvableError } from '../../errors/not-resolvable.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { neutrally } from '../../values/neutral-context.js';
import { staying } from '../../values/stay.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { WorkEngine } from '../engine/work-engine.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore, type Settled, type Settlement } from '../store/tracking-store.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import type { Audience } from './audience.js';
import { isOutcome } from './closing.js';
import { followUpId, followUpOf, recordAfter } from './follow-up.js';
import { Movements } from './movement.js';
import { isStray } from './stray.js';
import { milestonesReached } from './milestones.js';
import { transition, withoutOutcome, type Observation } from './transition.js';
import { watchPause } from './watch.js';

/**
 * Ends movements. Whoever the witness is (callback, webhook, sweeper), it comes through here: what
 * the gateway has is fetched outside any transaction, and what it says is recorded in one transaction with
 * what the outcome handlers write.
 */
@Injectable()
export class MovementSettlement {
  readonly #logger = new Logger('Glomopay');
  readonly #store: TrackingStore;
  readonly #movements: Movements;
  readonly #roll: HandlerRoll;
  readonly #engine: WorkEngine;
  readonly #keepsHistory: boolean;
  readonly #place: object | undefined;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(WorkEngine) engine: WorkEngine,
  ) {
    this.#keepsHistory = config.history;
    this.#place = config.place;
    this.#store = store;
    this.#movements = movements;
    this.#roll = roll;
    this.#engine = engine;
  }

  /**
   * Asks the gateway about a record and records what it says: of several objects under one `request_id`
   * that a person has to choose. Gives the record as it then stands.
   */
  async settle(
    record: TrackedRecord,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    const [sighting, another] = await this.#movements.of(record.kind).look(record, options);
    if (sighting === undefined) return record;
    return another === undefined
      ? this.observe(record, { kind: 'seen', sighting }, witness)
      : this.observe(record, { kind: 'given_up', reason: 'ambiguous' }, witness);
  }

  /**
   * Records an observation, with the outcome handlers when it brings the outcome. A process that lacks
   * handlers leaves the outcome, or a milestone after it, to the next one that has them, and has the
   * record looked at at once.
   *
   * The transaction and its handlers run in an async context of no caller: one look serves all who ask
   * meanwhile, and an ambient transaction of a caller must not take in, or roll back, what belongs to
   * the outcome.
   */
  async observe(
    record: TrackedRecord,
    observation: Observation,
    witness: Witness,
  ): Promise<TrackedRecord> {
    try {
      return await this.#record(record, observation, witness);
    } catch (thrown) {
      if (!(await this.#isOfAnother(record, observation))) throw thrown;
      return this.#record(record, { kind: 'given_up', reason: 'ambiguous' }, witness);
    }
  }

  /**
   * Whether the object that the gateway has under the record's `request_id` is another record's already:
   * one that was made for a person while nobody knew of this one. The store refuses a second claim to it.
   */
  async #isOfAnother(record: TrackedRecord, observation: Observation): Promise<boolean> {
    // What is paid elsewhere, and what nobody asked for, is told by other means: the next look tells anew.
    if (record.kind === 'collection' || isStray(record)) return false;
    const objectId = objectIdOf(observation);
    if (objectId === null || objectId === record.objectId) return false;
    const owner = await this.#store.findByObject(record.account, objectId);
    if (owner === undefined) return false;
    return owner.kind !== record.kind || owner.requestId !== record.requestId;
  }

  async #record(
    record: TrackedRecord,
    observation: Observation,
    witness: Witness,
  ): Promise<TrackedRecord> {
    const { plan, audience } = this.#movements.of(record.kind);
    const mayConclude = await this.#roll.mayConclude();
    let isLeft = false;
    const settlement: Settlement<unknown> = {
      decide: (current, around) => {
        const change = transition(current, observation, around);
        if (mayConclude) return change;
        if (observation.kind === 'resolved' && isOutcome(observation.as)) {
          throw new GlomopayNotResolvableError('left_to_others', observation.as, current);
        }
        const seen = withoutOutcome(current, change);
        isLeft = seen !== change;
        return seen;
      },
      effect: (before, after, tx) => this.#atPlace(() => this.#effect(before, after, tx)),
      nextCheckMs: mayConclude ? plan.firstCheckMs : 0,
      watchMs: (after) => watchPause(after, audience, mayConclude),
      witness: this.#keepsHistory ? witness : undefined,
      followUp: (before, change) => {
        const after = recordAfter(before, change);
        return bringsOutcome(before, after) ? followUpOf(audience, after) : undefined;
      },
    };
    const settled = await neutrally(() => this.#store.settle(record, settlement));
    if (isLeft) await this.#store.reschedule(record, 0);
    if (settled === undefined) return record;
    audience.announce(settled);
    this.#wake(audience, settled);
    return settled.after;
  }

  /** Handlers work for the account, whoever asked first and has perhaps left meanwhile: one look serves many. */
  #atPlace(work: () => Promise<void>): Promise<void> {
    return this.#place === undefined ? work() : staying(this.#place, work);
  }

  async #effect(before: TrackedRecord, after: TrackedRecord, tx: unknown): Promise<void> {
    const { audience } = this.#movements.of(after.kind);
    if (bringsOutcome(before, after)) await audience.conclude(after, tx);
    for (const milestone of milestonesReached(before, after)) {
      await audience.milestones?.tell(milestone, after, tx);
    }
    if (whoLooksNext(after) === 'person') this.#report(before, after);
  }

  /** Has what follows an outcome begun at once. Whatever is not woken is found by looking. */
  #wake({ followers }: Audience, { before, after }: Settled): void {
    if (!bringsOutcome(before, after) || followers.names().length === 0) return;
    this.#engine.wake(after.account, followUpId(after));
  }

  /** Says that a handler of the host has failed; nothing was recorded, and it is run again. */
  reportHandlerFault(thrown: unknown): void {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    this.#logger.error(
      'a handler or the store failed; nothing was recorded, it is run again',
      stack,
    );
  }

  #report(before: TrackedRecord, after: TrackedRecord): void {
    const isNew = after.state !== before.state || after.reason !== before.reason;
    if (!isNew && before.resolution === null) return;
    const { kind, objectId, requestId, state, reason } = after;
    this.#logger.error(
      `${kind} ${objectId ?? 'without id'} (request ${requestId}) needs a person: ${state}, ${reason ?? 'no reason'}`,
    );
  }
}

function objectIdOf(observation: Observation): string | null {
  if (observation.kind === 'attempt') return observation.objectId;
  return observation.kind === 'seen' ? observation.sighting.objectId : null;
}

/** Tells whether a change is the one with which a movement gets its outcome. */
function bringsOutcome(before: TrackedRecord, after: TrackedRecord): boolean {
  return isOutcome(after.state) && !isOutcome(before.state);
}
