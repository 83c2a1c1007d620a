import { Inject, Injectable } from '@nestjs/common';
import { isId } from '../../values/ids.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import { isCharged, PaymentAttribution } from './payment-attribution.js';
import { memberText } from '../movements/member-text.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { isCollection, isPayment } from './tracked-payment.js';
import type { Witness } from '../store/history-line.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';

/**
 * Takes events about payments and what they pay for a hint: whatever they say, the payment is fetched, and
 * what the gateway answers then is recorded. So a snapshot that is old, early or repeated does no
 * harm.
 */
@Injectable()
export class PaymentWitness {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #attribution: PaymentAttribution;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(PaymentAttribution) attribution: PaymentAttribution,
  ) {
    this.#config = config;
    this.#store = store;
    this.#settlement = settlement;
    this.#attribution = attribution;
  }

  /** Looks at the payments that an event may be about; those of others are none of ours. */
  async hear({ id: eventId, entityType, eventType, data, raw }: GlomopayEvent): Promise<void> {
    const witness: Witness = { kind: 'webhook', id: eventId };
    const id = memberText(data, 'id');
    const sent = Object(raw['data']);
    const payinId = memberText(sent, 'payin_id') ?? memberText(sent, 'subscription_id');
    if (entityType !== 'payment') await this.#ofPayin(id, eventType === 'paid', witness);
    else if (!isId('payment', id)) await this.#ofPayin(payinId, false, witness);
    else {
      const requestId = memberText(sent, 'request_id');
      await this.#attribution.attribute({ paymentId: id, payinId, requestId }, witness);
    }
  }

  /**
   * Every payment of an order, a link or a subscription that has no outcome; where that is paid, one must
   * be a success.
   */
  async #ofPayin(payinId: string | undefined, isPaid: boolean, witness: Witness): Promise<void> {
    const { account } = this.#config;
    const family = payinId === undefined ? [] : await this.#store.findBySubject(account, payinId);
    const looked: TrackedRecord[] = [];
    for (const record of family.filter((each) => isPayment(each) || isCollection(each))) {
      const stands = isSettled(record.state);
      looked.push(stands ? record : await this.#settlement.settle(record, witness));
    }
    if (isPaid && payinId !== undefined && !looked.some(isCharged)) {
      await this.#attribution.attributePayin(payinId, witness);
    }
  }
}
