import { Inject, Injectable } from '@nestjs/common';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { Movements } from '../movements/movement.js';
import { witnesses } from '../store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import type { GatewayBook } from './gateway-book.js';

/** Mends records through the one way by which outcomes are recorded, and through no other. */
@Injectable()
export class Mender {
  readonly #store: TrackingStore;
  readonly #movements: Movements;
  readonly #settlement: MovementSettlement;

  constructor(
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(MovementSettlement) settlement: MovementSettlement,
  ) {
    this.#store = store;
    this.#movements = movements;
    this.#settlement = settlement;
  }

  /** Has the gateway asked again, and records what it says. Gives the record as it then stands. */
  async settle(record: TrackedRecord, options: RequestOptions): Promise<TrackedRecord> {
    return (
      (await this.#unlessFailed(() =>
        this.#settlement.settle(record, witnesses.reconciliation, options),
      )) ?? record
    );
  }

  /**
   * Writes the intent that the host has vouched for, and settles it. Undefined: another object has its
   * `requestId`, or the gateway has this one under another.
   */
  async adopt<T>(
    book: GatewayBook<T>,
    item: T,
    intent: TrackedIntent,
    options: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    const { id } = book.objectOf(item);
    if (intent.requestId !== id && !(await book.isUnder(item, intent.requestId, options))) {
      return undefined;
    }
    const { plan } = this.#movements.of(intent.kind);
    const { record } = await this.#store.insert(intent, plan.firstCheckMs);
    if (record.objectId !== null && record.objectId !== id) return undefined;
    return this.#unlessFailed(async () => {
      const attempt = { kind: 'attempt', objectId: id } as const;
      const named = await this.#settlement.observe(record, attempt, witnesses.reconciliation);
      return this.#settlement.settle(named, witnesses.reconciliation, options);
    });
  }

  /** Gives a person a record to look at. */
  report<T>(
    book: GatewayBook<T>,
    item: T,
    options: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    return this.#unlessFailed(() => book.report(item, options));
  }

  /** A handler of the host, or the store, that fails has nothing recorded: the sweeper tries again. */
  async #unlessFailed<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      if (isGlomopayError(thrown)) throw thrown;
      this.#settlement.reportHandlerFault(thrown);
      return undefined;
    }
  }
}
