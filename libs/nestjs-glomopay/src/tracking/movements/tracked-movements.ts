import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { witnesses, type HistoryLine } from '../store/history-line.js';
import type { TrackedKey, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { Movements } from './movement.js';
import { MovementSweeper, type SweepReport } from './movement-sweeper.js';

/** Names a movement of the account: what it is, and the `requestId` or reference it stands under. */
export type MovementKey = Pick<TrackedKey, 'kind' | 'requestId'>;

/** Everything that moves money, of every kind: what needs a person, what became of it. */
@Injectable()
@Named('TrackedMovements')
export class TrackedMovements {
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #movements: Movements;
  readonly #sweeper: MovementSweeper;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(MovementSweeper) sweeper: MovementSweeper,
  ) {
    this.#account = config.account;
    this.#store = store;
    this.#movements = movements;
    this.#sweeper = sweeper;
  }

  /** The record of a movement; undefined: there is none. Asks the database only. */
  get(key: MovementKey): Promise<TrackedRecord | undefined> {
    return this.#store.find(this.#keyOf(key));
  }

  /**
   * Records that a person has to look at, oldest first; their `reason` says why.
   *
   * @param limit At most this many; {@link counts} says how many there are.
   */
  needingAttention(limit: number): Promise<readonly TrackedRecord[]> {
    return this.#store.needingAttention(this.#account, this.#movements.kinds, limit);
  }

  /** How many movements wait for an outcome, and how many need a person. Asks the database only. */
  counts(): Promise<{ readonly needsAttention: number; readonly open: number }> {
    return this.#store.counts(this.#account, this.#movements.kinds);
  }

  /** Takes one round over the movements whose check is due. The module does it by itself too. */
  sweep(): Promise<SweepReport> {
    return this.#sweeper.sweep();
  }

  /**
   * How a movement came to be what it is, oldest first: its intent, then every change with the witness
   * that brought it. Only the intent where the history was switched off or purged; nothing when there
   * is no such movement.
   */
  async history(key: MovementKey): Promise<readonly HistoryLine[]> {
    const record = await this.get(key);
    if (record === undefined) return [];
    return [intentLine(record), ...(await this.#store.history(record))];
  }

  /**
   * Forgets the history of movements that have ended, that need nobody, and that have not changed since
   * the date. Their records stay, so that nothing can happen twice. Gives how many histories were
   * forgotten.
   */
  purge({ before }: { readonly before: Date }): Promise<number> {
    return this.#store.purge(this.#account, before);
  }

  #keyOf({ kind, requestId }: MovementKey): TrackedKey {
    return { account: this.#account, kind, requestId };
  }
}

function intentLine({ createdAt }: TrackedRecord): HistoryLine {
  return {
    at: createdAt,
    version: 1,
    from: null,
    to: 'created',
    reason: null,
    gatewayStatus: null,
    objectId: null,
    witness: witnesses.request,
    note: null,
  };
}
