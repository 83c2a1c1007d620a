import { Inject, Injectable } from '@nestjs/common';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { Payment } from '../../api/payments/payment.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import { requestIdOf } from '../../wire/request-id.js';
import { LastLook } from '../movements/last-look.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { paymentSighting } from './payment-sighting.js';
import { paymentsOf, type PaidFor } from './payments-of.js';
import { strayIntent } from './stray-payment.js';
import { isExpectedBy, mayBeExpected } from './collections/whose-payment.js';
import { isCollection, isPayment, paymentKey, paymentSubject } from './tracked-payment.js';
import { witnesses, type Witness } from '../store/history-line.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';

/** What a witness says of a payment. It is not believed. */
export interface PaymentHint {
  readonly paymentId: string;
  /** The order, link or subscription that it pays. */
  readonly payinId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A payment has succeeded, and the record it may belong to is still open: look again later. */
export class PaymentUnclaimedError extends Error {
  constructor(paymentId: string) {
    super(`payment ${paymentId} has succeeded, and a payment of its order is still open`);
    this.name = 'PaymentUnclaimedError';
  }
}

/**
 * Finds whose a payment is that no record names yet. A success of an order or a `request_id` of ours
 * that belongs to no record gets one of its own, for a person: money that came in is never silent. What
 * is expected to be paid elsewhere has its success first.
 */
@Injectable()
export class PaymentAttribution implements LastLook {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #payments: PaymentsService;
  readonly #settlement: MovementSettlement;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(MovementSettlement) settlement: MovementSettlement,
  ) {
    this.#config = config;
    this.#store = store;
    this.#payments = payments;
    this.#settlement = settlement;
  }

  /**
   * Gives the record that the payment belongs to, as it stands after a look at the gateway. Undefined:
   * it is none of ours, or has not succeeded.
   *
   * @throws {PaymentUnclaimedError} it has succeeded, and may be that of a record that is still open.
   */
  async attribute(
    hint: PaymentHint,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    const { account } = this.#config;
    const known = await this.#store.findByObject(account, hint.paymentId);
    if (known !== undefined) return this.#settlement.settle(known, witness, options);
    const { payinId, requestId, paymentId } = await this.#completed(hint, options);
    const hinted = await this.#recordsOf(payinId, requestId);
    if (hinted.length === 0) return undefined;
    for (const record of hinted.filter(isNameless)) {
      const settled = await this.#settlement.settle(record, witness, options);
      if (settled.objectId === paymentId) return settled;
    }
    const payment = await this.#payments.get(paymentId, options);
    return payment.status === 'success' ? this.#claim(payment, witness) : undefined;
  }

  /** The same for whatever an order or a link of ours was paid with. */
  async attributePayin(payinId: string, witness: Witness): Promise<void> {
    if ((await this.#recordsOf(payinId)).length === 0) return;
    for (const { id } of await this.#successes({ payinId }))
      await this.attribute({ paymentId: id, payinId }, witness);
  }

  async isPaidOtherwise(record: TrackedRecord): Promise<boolean> {
    return (await this.#reportUnclaimed(record)).length > 0;
  }

  /**
   * Gives successes of the record's order or subscription that no record names, each with a record of
   * its own from now on.
   */
  async #reportUnclaimed(beside: TrackedRecord): Promise<readonly TrackedRecord[]> {
    const { orderId, subscriptionId } = paymentSubject(beside);
    const filter =
      orderId === null ? { subscriptionId: subscriptionId ?? '' } : { payinId: orderId };
    const reported: TrackedRecord[] = [];
    for (const payment of await this.#successes(filter)) {
      const record = await this.#unclaimed(payment, beside, witnesses.sweep);
      if (record !== undefined) reported.push(record);
    }
    return reported;
  }

  /** What a witness has left out that names the payment only, by what the gateway has of it. */
  async #completed(hint: PaymentHint, options?: RequestOptions): Promise<PaymentHint> {
    if (hint.payinId !== undefined || hint.requestId !== undefined) return hint;
    try {
      const payment = await this.#payments.get(hint.paymentId, options);
      const payinId = payment.payinId ?? payment.subscriptionId ?? undefined;
      return { paymentId: hint.paymentId, payinId, requestId: requestIdOf(payment.raw) };
    } catch (thrown) {
      if (thrown instanceof GlomopayNotFoundError) return hint;
      throw thrown;
    }
  }

  /** Oldest first: what follows the first one of a subscription is a renewal. */
  #successes(paidFor: PaidFor): Promise<readonly Payment[]> {
    return paymentsOf(this.#payments, paidFor, 'success');
  }

  /** By what the gateway says of it now, not by what the witness has said. */
  async #claim(payment: Payment, witness: Witness): Promise<TrackedRecord | undefined> {
    // The gateway may or may not echo it.
    const requestId = requestIdOf(payment.raw);
    const family = await this.#recordsOf(payment.payinId ?? payment.subscriptionId, requestId);
    const nameless = family.filter((record) => isPayment(record) && isNameless(record));
    const own = nameless.find((record) => record.requestId === requestId);
    if (own !== undefined) return this.#observe(own, payment, witness);
    if (isExpectedBy(family, payment) || nameless.some(({ state }) => state === 'created')) {
      throw new PaymentUnclaimedError(payment.id);
    }
    if (family.every((record) => isCollection(record) && !mayBeExpected(record, payment))) {
      return undefined;
    }
    const [beside] = family;
    return beside === undefined ? undefined : this.#unclaimed(payment, beside, witness);
  }

  async #unclaimed(
    payment: Payment,
    beside: TrackedRecord,
    witness: Witness,
  ): Promise<TrackedRecord | undefined> {
    const { account } = this.#config;
    const known = await this.#store.findByObject(account, payment.id);
    if (known !== undefined) {
      // Its record may say that it failed.
      await this.#observe(known, payment, witness);
      return undefined;
    }
    if (await this.#isForeseen(payment)) return undefined;
    // Dead in between, the sweeper finds the record due and ends it in the same way.
    const { record } = await this.#store.insert(strayIntent(payment, beside), 0);
    return this.#observe(record, payment, witness);
  }

  #observe(record: TrackedRecord, payment: Payment, witness: Witness): Promise<TrackedRecord> {
    const sighting = paymentSighting(payment, record);
    return this.#settlement.observe(record, { kind: 'seen', sighting }, witness);
  }

  /**
   * What somebody expects, who takes it at the next look; and what a subscription charges by itself once
   * it has been paid for the first time.
   */
  async #isForeseen(payment: Payment): Promise<boolean> {
    const { payinId, subscriptionId } = payment;
    const records = await this.#recordsOf(payinId ?? subscriptionId);
    if (isExpectedBy(records, payment)) return true;
    return payinId === null && subscriptionId !== null && records.some(isCharged);
  }

  /** Records that an order, a link, a subscription or a `request_id` leads to, each once. */
  async #recordsOf(
    payinId: string | null | undefined,
    requestId?: string,
  ): Promise<readonly TrackedRecord[]> {
    const { account } = this.#config;
    const named =
      requestId === undefined ? undefined : await this.#store.find(paymentKey(account, requestId));
    const family =
      payinId === null || payinId === undefined
        ? []
        : await this.#store.findBySubject(account, payinId);
    const others = family.filter(
      (record) =>
        isCollection(record) || (isPayment(record) && record.requestId !== named?.requestId),
    );
    return named === undefined ? others : [named, ...others];
  }
}

function isNameless({ objectId }: TrackedRecord): boolean {
  return objectId === null;
}

/** Whether the gateway has said that the payment of a record succeeded, whatever became of the record. */
export function isCharged({ state, gatewayStatus }: TrackedRecord): boolean {
  return state === 'succeeded' || gatewayStatus === 'success';
}
