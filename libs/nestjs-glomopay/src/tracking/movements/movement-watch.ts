import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { jittered } from '../../values/jittered.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { Movements } from './movement.js';
import { isWatched, watchPauseAfter } from './watch.js';

const SPREAD = [0.8, 1.2] as const;

/**
 * Watches movements after their success, until their money is usable and compliance has decided. It is
 * never more than a look: whatever it finds or misses, the outcome stands.
 */
@Injectable()
export class MovementWatch {
  readonly #logger = new Logger('Glomopay');
  readonly #store: TrackingStore;
  readonly #movements: Movements;
  readonly #clock: Clock;

  constructor(
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#store = store;
    this.#movements = movements;
    this.#clock = clock;
  }

  /**
   * Looks at a record whose time has come, if somebody would hear of it, and says when next.
   *
   * @param quietMs Since the record has changed last.
   */
  async check(
    record: TrackedRecord,
    quietMs: number,
    look: () => Promise<{ readonly record: TrackedRecord }>,
  ): Promise<TrackedRecord> {
    if (!isWatched(record, this.#movements.of(record.kind).audience)) {
      await this.#store.unwatch(record);
      return record;
    }
    const looked = (await look()).record;
    // What has changed it has said when to look next.
    if (looked.version !== record.version) return looked;
    const pause = watchPauseAfter(quietMs);
    if (pause === undefined) await this.#end(record);
    else
      await this.#store.reschedule(
        record,
        jittered(pause, SPREAD, () => this.#clock.random()),
      );
    return looked;
  }

  async #end(record: TrackedRecord): Promise<void> {
    await this.#store.unwatch(record);
    const { kind, objectId, requestId, fundsAvailable, complianceStatus } = record;
    this.#logger.warn(
      `${kind} ${objectId ?? 'without id'} (request ${requestId}) is watched no longer: nothing new for 30 days, funds ${fundsAvailable ? 'available' : 'not available'}, compliance ${complianceStatus ?? 'none'}`,
    );
  }
}
