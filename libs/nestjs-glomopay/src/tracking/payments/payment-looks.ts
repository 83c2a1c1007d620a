import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayCallback } from '../../callback/callback.js';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { SharedLooks } from '../../values/shared-looks.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import { witnesses } from '../store/history-line.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { PaymentAttribution, PaymentUnclaimedError } from './payment-attribution.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { recordBeyond } from '../movements/record-beyond.js';

/**
 * At most one look at the gateway per payment and second on behalf of browsers: a genuine callback can
 * be replayed by anyone who has its address.
 */
const LOOK_COUNTS_MS = 1_000;
/** How long the buyer's browser waits for the gateway to confirm what it claims. */
const CONFIRM_MS = 3_000;

/** Looks at payments on behalf of those who wait for an answer. */
@Injectable()
export class PaymentLooks {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #attribution: PaymentAttribution;
  readonly #roll: HandlerRoll;
  readonly #clock: Clock;
  readonly #looks: SharedLooks<string, TrackedRecord | undefined>;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(PaymentAttribution) attribution: PaymentAttribution,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#settlement = settlement;
    this.#attribution = attribution;
    this.#roll = roll;
    this.#clock = clock;
    this.#looks = new SharedLooks(() => clock.now());
  }

  /**
   * At most one look a second; a record that is settled needs none, unless the browser contradicts it or
   * it was given up without a payment.
   */
  async look(
    record: TrackedRecord,
    claim: GlomopayCallback['status'] | undefined,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    if (isSettled(record.state) && !contradicts(record, claim) && !mayHaveArrived(record)) {
      return record;
    }
    const looked = await this.#looks.share(looksOf(record), LOOK_COUNTS_MS, () =>
      this.#settlement
        .settle(record, claim === undefined ? witnesses.check : witnesses.callback, {
          ...options,
          deadlineMs: options?.deadlineMs ?? CONFIRM_MS,
        })
        .catch((thrown: unknown) => {
          if (!isGlomopayError(thrown)) this.#settlement.reportHandlerFault(thrown);
          return record;
        }),
    );
    return looked === undefined ? record : this.#asOthersLeaveIt(looked);
  }

  /** A process that may not write outcomes waits a little for one that may. */
  async #asOthersLeaveIt(record: TrackedRecord): Promise<TrackedRecord> {
    if (isSettled(record.state) || (await this.#roll.mayConclude())) return record;
    const isFinal = record.gatewayStatus === 'success' || record.gatewayStatus === 'failed';
    return isFinal
      ? recordBeyond('attempted', record, this.#store, this.#clock, CONFIRM_MS)
      : record;
  }

  /** While no id is written down: the records of the order, if they leave no choice. */
  async attribute(
    { orderId, paymentId }: GlomopayCallback,
    options?: RequestOptions,
  ): Promise<TrackedRecord | undefined> {
    const { account } = this.#config;
    const attributed = await this.#looks.share(paymentId, LOOK_COUNTS_MS, () =>
      this.#attribution
        .attribute({ paymentId, payinId: orderId }, witnesses.callback, {
          ...options,
          deadlineMs: options?.deadlineMs ?? CONFIRM_MS,
        })
        .catch((thrown: unknown) => {
          if (isUnexpected(thrown)) this.#settlement.reportHandlerFault(thrown);
          return undefined;
        }),
    );
    if (attributed !== undefined) return attributed;
    const open = (await this.#store.findBySubject(account, orderId)).filter(
      (candidate) => candidate.objectId === null && !isSettled(candidate.state),
    );
    return open.length === 1 ? open[0] : undefined;
  }
}

/** A payment and a collection may have the same `requestId`. */
function looksOf({ kind, requestId }: TrackedRecord): string {
  return `${kind} ${requestId}`;
}

/** A settled record needs another look only when a browser brings the opposite, signed. */
function contradicts(
  { state }: TrackedRecord,
  claim: GlomopayCallback['status'] | undefined,
): boolean {
  return (
    (state === 'failed' && claim === 'success') || (state === 'succeeded' && claim === 'failed')
  );
}

/** It ended because the gateway had nothing, and the gateway may have it by now. */
function mayHaveArrived({ reason }: TrackedRecord): boolean {
  return reason === 'never_arrived' || reason === 'arrived_late';
}

function isUnexpected(thrown: unknown): boolean {
  return !isGlomopayError(thrown) && !(thrown instanceof PaymentUnclaimedError);
}
