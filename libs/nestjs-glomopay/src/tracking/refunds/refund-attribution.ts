import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Refund } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import { everyListed } from '../../http/every-listed.js';
import type { RequestOptions } from '../../http/request-options.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';
import { requestIdOf } from '../../wire/request-id.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_REFUNDS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { LastLook } from '../movements/last-look.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { witnesses, type Witness } from '../store/history-line.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { RefundSightings } from './refund-sightings.js';
import { isGatewaysOwn, strayRefundIntent } from './stray-refund.js';
import { isRefund, refundKey } from './tracked-refund.js';

/** What a witness says of a refund. It is not believed. */
export interface RefundHint {
  readonly refundId: string;
  /**
   * The payment that it gives back. A refund always has one: of a hint that names none, only a record that
   * has the refund already is looked at.
   */
  readonly paymentId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A refund has succeeded, and the record it may belong to is still open: look again later. */
export class RefundUnclaimedError extends Error {
  constructor(refundId: string) {
    super(`refund ${refundId} has succeeded, and a refund of its payment is still open`);
    this.name = 'RefundUnclaimedError';
  }
}

/**
 * Finds whose a refund is that no record names yet. One of a payment of ours that has succeeded and
 * belongs to no record (made in the dashboard) gets a record of its own, for a person: money that went
 * back is never silent.
 */
@Injectable()
export class RefundAttribution implements LastLook {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #refunds: RefundsService;
  readonly #settlement: MovementSettlement;
  readonly #sightings: RefundSightings;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_REFUNDS) refunds: RefundsService,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(RefundSightings) sightings: RefundSightings,
  ) {
    this.#config = config;
    this.#store = store;
    this.#refunds = refunds;
    this.#settlement = settlement;
    this.#sightings = sightings;
  }

  /**
   * Gives the record that the refund belongs to, as it stands after a look at the gateway. Undefined: it
   * is none of ours, or has not succeeded.
   *
   * @throws {RefundUnclaimedError} it has succeeded, and may be that of a record that is still open.
   */
  async attribute(
    hint: RefundHint,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    const known = await this.#store.findByObject(this.#config.account, hint.refundId);
    if (known !== undefined) return this.#settlement.settle(known, witness, options);
    const beside = await this.#besides(hint.paymentId, hint.requestId);
    if (beside.length === 0) return undefined;
    for (const record of beside.filter(isNameless)) {
      const settled = await this.#settlement.settle(record, witness, options);
      if (settled.objectId === hint.refundId) return settled;
    }
    const refund = await this.#fetch(hint.refundId, options);
    return refund && isUnexplained(refund) ? this.#claim(refund, witness, options) : undefined;
  }

  /** Whether a refund gives back a payment of ours, and not by the gateway's own doing. */
  async isOfOurs(refund: Refund): Promise<boolean> {
    return !isGatewaysOwn(refund) && (await this.#besides(refund.paymentId)).length > 0;
  }

  /**
   * Whether the gateway has a refund of the record's payment that no record names: it may be the
   * record's. Those that have succeeded have records of their own from now on.
   */
  async isPaidOtherwise({ subjectId }: TrackedRecord): Promise<boolean> {
    if (subjectId === null) return false;
    const listed = await everyListed((page) =>
      this.#refunds.list({ paymentId: subjectId, page, perPage: LARGEST_PAGE }),
    );
    let isFound = false;
    for (const refund of listed.filter(({ paymentId }) => paymentId === subjectId)) {
      const { account } = this.#config;
      const isNone = refund.status === 'failed' || refund.status === 'cancelled';
      if (isNone || isGatewaysOwn(refund)) continue;
      if ((await this.#store.findByObject(account, refund.id)) !== undefined) continue;
      isFound = true;
      const [beside] = await this.#besides(subjectId);
      if (isUnexplained(refund) && beside !== undefined) {
        await this.#stray(refund, beside, witnesses.sweep);
      }
    }
    return isFound;
  }

  /** Undefined: the gateway has no such refund, whatever the witness says, and it is said so. */
  async #fetch(refundId: string, options?: RequestOptions): Promise<Refund | undefined> {
    try {
      return await this.#refunds.get(refundId, options);
    } catch (thrown) {
      if (!(thrown instanceof GlomopayNotFoundError)) throw thrown;
      this.#logger.warn(`an event tells of refund ${refundId}, which the gateway does not have`);
      return undefined;
    }
  }

  /** By what the gateway says of it now, not by what the witness has said. */
  async #claim(
    refund: Refund,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    // The gateway may or may not echo it.
    const requestId = requestIdOf(refund.raw);
    const family = await this.#besides(refund.paymentId, requestId);
    const nameless = family.filter(isNameless);
    const own = nameless.find((record) => record.requestId === requestId);
    if (own !== undefined) return this.#observe(own, refund, witness, options);
    if (nameless.some(({ state }) => state === 'created')) {
      throw new RefundUnclaimedError(refund.id);
    }
    const [beside] = family;
    return beside && this.#stray(refund, beside, witness);
  }

  /** Dead in between, the sweeper finds the record due and ends it in the same way. */
  async #stray(refund: Refund, beside: TrackedRecord, witness: Witness): Promise<TrackedRecord> {
    const { record } = await this.#store.insert(strayRefundIntent(refund, beside), 0);
    return this.#observe(record, refund, witness);
  }

  async #observe(
    record: TrackedRecord,
    refund: Refund,
    witness: Witness,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    const sighting = await this.#sightings.of(refund, record, options);
    return this.#settlement.observe(record, { kind: 'seen', sighting }, witness);
  }

  /** The record of the payment, if it is one of ours, then those of its refunds, each once. */
  async #besides(
    paymentId: string | undefined,
    requestId?: string,
  ): Promise<readonly TrackedRecord[]> {
    if (paymentId === undefined) return [];
    const { account } = this.#config;
    const paid = await this.#store.findByObject(account, paymentId);
    const named =
      requestId === undefined ? undefined : await this.#store.find(refundKey(account, requestId));
    const family = (await this.#store.findBySubject(account, paymentId))
      .filter(isRefund)
      .filter((record) => record.requestId !== named?.requestId);
    return [paid, named, ...family].filter((record) => record !== undefined);
  }
}

/** A refund's record that may be that of any refund of its payment. */
function isNameless(record: TrackedRecord): boolean {
  return isRefund(record) && record.objectId === null;
}

/** Money that went back, and not by the gateway's own doing. */
function isUnexplained(refund: Refund): boolean {
  return refund.status === 'success' && !isGatewaysOwn(refund);
}
