import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import { PaymentSettlement } from '../payment-settlement.js';
import { isSettled, type TrackedPayment } from '../tracked-payment.js';
import type { TrackingConfig } from '../tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../tracking.tokens.js';

/**
 * Takes events about payments and orders for a hint: whatever they say, the payment is fetched, and
 * what the gateway answers then is recorded. So a snapshot that is old, early or repeated does no
 * harm.
 */
@Injectable()
export class PaymentWitness {
  readonly #config: TrackingConfig;
  readonly #settlement: PaymentSettlement;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(PaymentSettlement) settlement: PaymentSettlement,
  ) {
    this.#config = config;
    this.#settlement = settlement;
  }

  /** Looks at the payments that an event may be about; those of others are none of ours. */
  async hear(event: GlomopayEvent): Promise<void> {
    for (const record of await this.#recordsOf(event)) {
      if (hasNews(record, event)) await this.#settlement.settle(record);
    }
  }

  /** By the payment; while its id is not written down yet, every payment of its order. */
  async #recordsOf({ entityType, data, raw }: GlomopayEvent): Promise<readonly TrackedPayment[]> {
    const { account, store } = this.#config;
    const id = text(data, 'id');
    if (entityType === 'payment' && id !== undefined) {
      const record = await store.findByPayment(account, id);
      if (record !== undefined) return [record];
    }
    const orderId = entityType === 'orders' ? id : text(Object(raw['data']), 'payin_id');
    return orderId === undefined ? [] : store.findByOrder(account, orderId);
  }
}

/** A settled record moves only beside its outcome, and only by events about the payment itself. */
function hasNews(record: TrackedPayment, { entityType }: GlomopayEvent): boolean {
  return !isSettled(record.state) || (entityType === 'payment' && record.paymentId !== null);
}

function text(object: object, member: string): string | undefined {
  const value: unknown = Object.hasOwn(object, member) ? Reflect.get(object, member) : undefined;
  return typeof value === 'string' ? value : undefined;
}
