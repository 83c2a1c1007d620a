import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayCallback } from '../../callback/callback.js';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { SharedLooks } from '../../values/shared-looks.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { witnesses } from '../store/history-line.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { PaymentAttribution, PaymentUnclaimedError } from './payment-attribution.js';
import { LOOK_COUNTS_MS, LOOK_WITHIN_MS, MovementLooks } from '../movements/movement-looks.js';
import { MovementSettlement } from '../movements/movement-settlement.js';

/** Looks at payments on behalf of those who wait for an answer. */
@Injectable()
export class PaymentLooks {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #attribution: PaymentAttribution;
  readonly #movementLooks: MovementLooks;
  readonly #looks: SharedLooks<string, TrackedRecord | undefined>;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(PaymentAttribution) attribution: PaymentAttribution,
    @Inject(MovementLooks) movementLooks: MovementLooks,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#settlement = settlement;
    this.#attribution = attribution;
    this.#movementLooks = movementLooks;
    this.#looks = new SharedLooks(() => clock.now());
  }

  /**
   * At most one look a second: a genuine callback can be replayed by anyone who has its address. A record
   * that is settled needs none, unless the browser contradicts it or it was given up without a payment.
   */
  look(
    record: TrackedRecord,
    claim: GlomopayCallback['status'] | undefined,
    options?: RequestOptions,
  ): Promise<TrackedRecord> {
    const witness = claim === undefined ? witnesses.check : witnesses.callback;
    return contradicts(record, claim)
      ? this.#movementLooks.lookAnyhow(record, witness, options)
      : this.#movementLooks.look(record, witness, options);
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
          deadlineMs: options?.deadlineMs ?? LOOK_WITHIN_MS,
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

/** A settled record needs another look only when a browser brings the opposite, signed. */
function contradicts(
  { state }: TrackedRecord,
  claim: GlomopayCallback['status'] | undefined,
): boolean {
  return (
    (state === 'failed' && claim === 'success') || (state === 'succeeded' && claim === 'failed')
  );
}

function isUnexpected(thrown: unknown): boolean {
  return !isGlomopayError(thrown) && !(thrown instanceof PaymentUnclaimedError);
}
