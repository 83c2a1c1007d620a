import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Witness } from '../store/history-line.js';
import type { RequestOptions } from '../../http/request-options.js';
import { neutrally } from '../../values/neutral-context.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore, type Settlement } from '../store/tracking-store.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import { Movements, type Sighting } from './movement.js';
import { transition, withoutOutcome, type Observation } from './transition.js';

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
  readonly #keepsHistory: boolean;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(HandlerRoll) roll: HandlerRoll,
  ) {
    this.#keepsHistory = config.history;
    this.#store = store;
    this.#movements = movements;
    this.#roll = roll;
  }

  /** Asks the gateway about a record and records what it says. Gives the record as it then stands. */
  async settle(
    record: TrackedRecord,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    const sighting = await this.#look(record, witness, options);
    return sighting === undefined
      ? record
      : this.observe(record, { kind: 'seen', sighting }, witness);
  }

  /**
   * Records an observation, with the outcome handlers when it brings the outcome. A process that lacks
   * handlers leaves the outcome to the next one that has them, and has it looked at once.
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
    const movement = this.#movements.of(record.kind);
    const mayConclude = await this.#roll.mayConclude();
    let isLeft = false;
    const settlement: Settlement<unknown> = {
      decide: (current, around) => {
        const change = transition(current, observation, around);
        if (mayConclude) return change;
        const seen = withoutOutcome(current, change);
        isLeft = seen !== change;
        return seen;
      },
      effect: (before, after, tx) => this.#effect(before, after, tx),
      nextCheckMs: mayConclude ? movement.plan.firstCheckMs : 0,
      witness: this.#keepsHistory ? witness : undefined,
    };
    const settled = await neutrally(() => this.#store.settle(record, settlement));
    if (isLeft) await this.#store.reschedule(record, 0);
    if (settled === undefined) return record;
    movement.announce(settled);
    return settled.after;
  }

  async #look(
    record: TrackedRecord,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<Sighting | undefined> {
    const seen = await this.#movements.of(record.kind).look(record, options);
    if (seen.length > 1) {
      await this.observe(record, { kind: 'given_up', reason: 'ambiguous' }, witness);
      return undefined;
    }
    return seen[0];
  }

  async #effect(before: TrackedRecord, after: TrackedRecord, tx: unknown): Promise<void> {
    const hasOutcome = after.state === 'succeeded' || after.state === 'failed';
    if (hasOutcome && !isSettled(before.state)) {
      await this.#movements.of(after.kind).conclude(after, tx);
    } else if (whoLooksNext(after) === 'person') this.#report(before, after);
  }

  /** Says that a handler of the host has failed; nothing was recorded, and it is run again. */
  reportHandlerFault(thrown: unknown): void {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    this.#logger.error('an outcome handler or the store failed; the record stays open', stack);
  }

  #report(before: TrackedRecord, after: TrackedRecord): void {
    if (after.state === before.state && after.reason === before.reason) return;
    const { kind, objectId, requestId, state, reason } = after;
    this.#logger.error(
      `${kind} ${objectId ?? 'without id'} (request ${requestId}) needs a person: ${state}, ${reason ?? 'no reason'}`,
    );
  }
}
