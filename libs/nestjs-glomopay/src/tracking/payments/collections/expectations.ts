import { Inject, Injectable } from '@nestjs/common';
import { GlomopayRequestIdConflictError } from '../../../errors/request-id-conflict.error.js';
import type { TrackingConfig } from '../../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../../config/tracking.tokens.js';
import type { TrackedIntent, TrackedRecord } from '../../store/tracked-record.js';
import { TrackingStore } from '../../store/tracking-store.js';
import { paymentSubject } from '../tracked-payment.js';
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
    if (!inserted) assertSameExpectation(intent, record);
    return record;
  }
}

/** A key means one payment: a second use of it for another one is a fault of the host. */
function assertSameExpectation(intent: TrackedIntent, record: TrackedRecord): void {
  const asked = { ...intent, ...paymentSubject(intent) };
  const stands = { ...record, ...paymentSubject(record) };
  const members = [
    'amount',
    'currency',
    'orderId',
    'paymentLinkId',
    'subscriptionId',
    'reference',
  ] as const;
  const differing = members.filter((member) => asked[member] !== stands[member]);
  if (differing.length === 0) return;
  throw new GlomopayRequestIdConflictError(
    'The expectation',
    intent.requestId,
    record.objectId ?? record.reference,
    differing,
  );
}
