import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../../config/glomopay.tokens.js';
import type { RequestOptions } from '../../../http/request-options.js';
import type { TrackingConfig } from '../../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../../config/tracking.tokens.js';
import { firstPauseBetween, type CheckPlan } from '../../movements/check-plan.js';
import type { Movement, Sighting } from '../../movements/movement.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { TrackingStore } from '../../store/tracking-store.js';
import { PaymentAudience } from '../payment-audience.js';
import { paymentSighting } from '../payment-sighting.js';
import { OwnSuccess } from './own-success.js';
import { PayinLooks } from './payin-looks.js';
import { endOfPaid, isEnded, isUnderWay, payinSighting } from './payin-sighting.js';

const LONGEST_PAUSE_MS = 3_600_000;
/** A link lives for six months at most, and a year lies between two renewals. */
const GIVE_UP_AFTER_MS = 400 * 86_400_000;

/** What somebody pays elsewhere, as a movement: its object is the payment that was made. */
@Injectable()
export class CollectionMovement implements Movement {
  readonly kind = 'collection';
  readonly plan: CheckPlan;
  readonly audience: PaymentAudience;
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #payins: PayinLooks;
  readonly #own: OwnSuccess;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) { account, sweep }: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(PayinLooks) payins: PayinLooks,
    @Inject(PaymentAudience) audience: PaymentAudience,
    @Inject(OwnSuccess) own: OwnSuccess,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.plan = {
      firstCheckMs: sweep.firstCheckMs,
      firstPauseMs: firstPauseBetween(sweep),
      longestPauseMs: LONGEST_PAUSE_MS,
      ends: { afterMs: GIVE_UP_AFTER_MS },
    };
    this.#account = account;
    this.#store = store;
    this.#payins = payins;
    this.audience = audience;
    this.#own = own;
    this.#clock = clock;
  }

  /**
   * The success that is the record's, or what is paid says of it. The payments are asked for after that
   * has answered: who pays at the last moment is seen all the same.
   */
  async look(record: TrackedRecord, options?: RequestOptions): Promise<readonly Sighting[]> {
    const { objectId } = record;
    if (objectId !== null) {
      return [paymentSighting(await this.#payins.get(objectId, options), record)];
    }
    const status = await this.#payins.status(record, options);
    const payments = await this.#payins.payments(record, options);
    const successes = payments.filter((payment) => payment.status === 'success');
    const family = await this.#store.findBySubject(this.#account, record.subjectId ?? '');
    const own = await this.#own.of(record, family, successes, options);
    if (own !== undefined) return [paymentSighting(own, record)];
    if (status === undefined) return [];
    if (status === 'paid') return [payinSighting(status, endOfPaid(successes, family))];
    const now = this.#clock.date();
    const hasEnded = isEnded(status) && !payments.some((payment) => isUnderWay(payment, now));
    return [payinSighting(status, hasEnded ? 'ended' : 'open')];
  }
}
