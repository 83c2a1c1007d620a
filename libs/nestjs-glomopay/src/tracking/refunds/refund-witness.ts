import { Inject, Injectable } from '@nestjs/common';
import { isId } from '../../values/ids.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { memberText } from '../movements/member-text.js';
import { isSettled } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { RefundAttribution } from './refund-attribution.js';

/**
 * Takes events about refunds for a hint: whatever they say, the refund is fetched, and what the gateway
 * answers then is recorded. So a snapshot that is old, early or repeated does no harm.
 */
@Injectable()
export class RefundWitness {
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #attribution: RefundAttribution;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) { account }: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(RefundAttribution) attribution: RefundAttribution,
  ) {
    this.#account = account;
    this.#store = store;
    this.#attribution = attribution;
  }

  /** Looks at the refund that an event is about; those of others are none of ours. */
  async hear({ id: eventId, eventType, data, raw }: GlomopayEvent): Promise<void> {
    const refundId = memberText(data, 'id');
    if (!isId('refund', refundId)) return;
    if (eventType === 'utr.updated' && (await this.#hasOutcome(refundId))) return;
    const sent = Object(raw['data']);
    const paymentId = memberText(sent, 'payment_id');
    const requestId = memberText(sent, 'request_id');
    await this.#attribution.attribute(
      { refundId, paymentId, requestId },
      { kind: 'webhook', id: eventId },
    );
  }

  /** The bank's reference is a fact about a refund, which moves nothing. */
  async #hasOutcome(refundId: string): Promise<boolean> {
    const record = await this.#store.findByObject(this.#account, refundId);
    return record !== undefined && isSettled(record.state);
  }
}
