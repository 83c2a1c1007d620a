import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { SharedLooks } from '../../values/shared-looks.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import type { Witness } from '../store/history-line.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { MovementSettlement } from './movement-settlement.js';
import { recordBeyond } from './record-beyond.js';

/** At most one look at the gateway per movement and second on behalf of those who ask. */
export const LOOK_COUNTS_MS = 1_000;
/** How long somebody who waits for a page waits for the gateway. */
export const LOOK_WITHIN_MS = 3_000;
/** Statuses after which somebody is about to write the outcome. */
const FINAL: readonly (string | null)[] = ['success', 'failed', 'cancelled'];

/** Looks at movements on behalf of those who wait for an answer. */
@Injectable()
export class MovementLooks {
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #roll: HandlerRoll;
  readonly #clock: Clock;
  readonly #looks: SharedLooks<string, TrackedRecord>;

  constructor(
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#store = store;
    this.#settlement = settlement;
    this.#roll = roll;
    this.#clock = clock;
    this.#looks = new SharedLooks(() => clock.now());
  }

  /**
   * Asks the gateway, at most once a second, and records the answer; while it does not answer within 3
   * seconds, the record stays as it is. One that is settled needs no look, unless the gateway may have
   * got by now what it had not.
   */
  look(record: TrackedRecord, witness: Witness, options?: RequestOptions): Promise<TrackedRecord> {
    const needsNone = isSettled(record.state) && !mayHaveArrived(record);
    return needsNone ? Promise.resolve(record) : this.lookAnyhow(record, witness, options);
  }

  /** The same for one that somebody has contradicted. */
  async lookAnyhow(
    record: TrackedRecord,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    const { kind, requestId } = record;
    const looked = await this.#looks.share(`${kind} ${requestId}`, LOOK_COUNTS_MS, () =>
      this.#settlement
        .settle(record, witness, { ...options, deadlineMs: options?.deadlineMs ?? LOOK_WITHIN_MS })
        .catch((thrown: unknown) => {
          if (!isGlomopayError(thrown)) this.#settlement.reportHandlerFault(thrown);
          return record;
        }),
    );
    return this.#asOthersLeaveIt(looked).catch((thrown: unknown) => {
      this.#settlement.reportHandlerFault(thrown);
      return looked;
    });
  }

  /** A process that may not write outcomes waits a little for one that may. */
  async #asOthersLeaveIt(record: TrackedRecord): Promise<TrackedRecord> {
    if (isSettled(record.state) || (await this.#roll.mayConclude())) return record;
    return FINAL.includes(record.gatewayStatus)
      ? recordBeyond('attempted', record, this.#store, this.#clock, LOOK_WITHIN_MS)
      : record;
  }
}

/** It ended because the gateway had nothing, and the gateway may have it by now. */
function mayHaveArrived({ reason }: TrackedRecord): boolean {
  return reason === 'never_arrived' || reason === 'arrived_late';
}
