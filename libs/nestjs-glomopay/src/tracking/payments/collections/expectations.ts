import { Inject, Injectable } from '@nestjs/common';
import type { TrackingConfig } from '../../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../../config/tracking.tokens.js';
import { assertSameIntent } from '../../movements/same-intent.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { TrackingStore } from '../../store/tracking-store.js';
import { differingPayment } from '../tracked-payment.js';
import { collectionIntentOf, type CollectionExpectation } from './collection-expectation.js';

/** Writes down what is expected to be paid elsewhere. */
@Injectable()
export class Expectations {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
  ) {
    this.#config = config;
    this.#store = store;
  }

  /** Writes an expectation once, and gives its record. Asks the gateway nothing. */
  async write(expectation: CollectionExpectation): Promise<TrackedRecord> {
    const { account, sweep } = this.#config;
    const intent = collectionIntentOf(account, expectation);
    const { record, inserted } = await this.#store.insert(intent, sweep.firstCheckMs);
    if (!inserted) assertSameIntent('The expectation', record, differingPayment(intent, record));
    return record;
  }
}
