import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayNotResolvableError } from '../../errors/not-resolvable.error.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { dateOf, type PurgeAge } from '../store/purge-age.js';
import { witnesses, type HistoryLine } from '../store/history-line.js';
import type { TrackedKey, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { eraseMovements, type Erasable, type ErasureReport } from './erasing.js';
import { Movements } from './movement.js';
import { MovementSettlement } from './movement-settlement.js';
import { MovementSweeper, type SweepReport } from './movement-sweeper.js';
import { checkedResolution, type MovementResolution } from './resolution.js';

const MOST_FOUND = 100;

/** Names a movement of the account: what it is, and the `requestId` or reference it stands under. */
export type MovementKey = Pick<TrackedKey, 'kind' | 'requestId'>;

/** Everything that moves money, of every kind: what needs a person, what became of it. */
@Injectable()
@Named('TrackedMovements')
export class TrackedMovements {
  readonly #account: string;
  readonly #keepsHistory: boolean;
  readonly #store: TrackingStore;
  readonly #movements: Movements;
  readonly #settlement: MovementSettlement;
  readonly #sweeper: MovementSweeper;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(MovementSweeper) sweeper: MovementSweeper,
  ) {
    this.#account = config.account;
    this.#keepsHistory = config.history;
    this.#store = store;
    this.#movements = movements;
    this.#settlement = settlement;
    this.#sweeper = sweeper;
  }

  /** The record of a movement; undefined: there is none. Asks the database only. */
  get(key: MovementKey): Promise<TrackedRecord | undefined> {
    return this.#store.find(this.#keyOf(key));
  }

  /**
   * The records that a text names, of every kind, at most 100: a `requestId`, the gateway's id of a payment
   * or a refund, what was paid or refunded (an order, a link, a subscription, a payment), or your own
   * reference. Asks the database only.
   */
  async lookUp(text: string): Promise<readonly TrackedRecord[]> {
    const account = this.#account;
    const found = await Promise.all([
      ...this.#movements.kinds.map((kind) => this.#store.find({ account, kind, requestId: text })),
      this.#store.findByObject(account, text),
      this.#store.findBySubject(account, text),
      this.#store.findByReference(account, text, MOST_FOUND),
    ]);
    const byKey = new Map(
      found
        .flat()
        .flatMap((record) =>
          record === undefined ? [] : [[`${record.kind} ${record.requestId}`, record] as const],
        ),
    );
    return [...byKey.values()].slice(0, MOST_FOUND);
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

  /**
   * Closes by hand what no machine could: a record that {@link needingAttention} lists. Undefined: there
   * is no such movement. As `succeeded` or `failed` it settles the record, and the outcome handlers run
   * in the same transaction; the history has who it was and what was noted. Of several at once one
   * closes it, and the others are refused.
   *
   * A record without an outcome (`needs_attention`, `mismatch`) may be closed in all four ways, as
   * `succeeded` only while no other record has paid the same order. An outcome that handlers have heard
   * of never changes, and nobody asked for a stray: those are `acknowledged` or `refunded`.
   *
   * When the gateway says something new later, the resolution is taken away and a person has to look
   * again; the same again changes nothing.
   *
   * @throws {GlomopayValidationError} a text breaks a rule, or holds what looks like a card number.
   * @throws {GlomopayNotResolvableError} it cannot be closed so, or not any more; its members say what
   *   stands. Nothing was written.
   * @throws what an outcome handler throws; nothing was written.
   */
  async resolve(
    key: MovementKey,
    resolution: MovementResolution,
  ): Promise<TrackedRecord | undefined> {
    const { as, note, by } = checkedResolution(resolution);
    const record = await this.get(key);
    if (record === undefined) return undefined;
    if (!this.#movements.has(record.kind)) {
      throw new GlomopayNotResolvableError('left_to_others', as, record);
    }
    return this.#settlement.observe(
      record,
      { kind: 'resolved', as, note, by },
      { kind: 'person', id: by },
    );
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
   *
   * @throws {RangeError} the date is none.
   */
  async purge(age: PurgeAge): Promise<number> {
    return this.#store.purge(this.#account, dateOf(age));
  }

  /**
   * Forgets the person whom movements are about: by the host's reference, the gateway's order, or the
   * `requestId`, with the refunds of the payments that are found. Their references become a token that says
   * nothing, descriptions of errors, notes and names of people go, in the history too, and events about
   * them are forgotten with their payloads. Amounts, states, ids of the gateway, `requestId`s and the keys
   * of events stay: nothing can happen twice, and the books still agree. Made again, it forgets what has
   * come since, and nothing else.
   *
   * What is not over is refused, and nothing is forgotten of any of them. An event that comes later has the
   * person in its payload again; so has the gateway, which is asked for erasure apart.
   *
   * @throws {GlomopayNotErasableError} a movement waits for its outcome, for a person or for a milestone,
   *   or an event of it is open or parked.
   */
  erase(of: Erasable): Promise<ErasureReport> {
    return eraseMovements(this.#store, this.#account, of, this.#keepsHistory);
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
