import { Inject, Injectable } from '@nestjs/common';
import type { Refund } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import type { RequestOptions } from '../../http/request-options.js';
import { sought } from '../../wire/page.js';
import { isUnder } from '../../wire/request-id.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_REFUNDS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import type { CheckPlan } from '../movements/check-plan.js';
import type { Movement, Sighting } from '../movements/movement.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { RefundAudience } from './refund-audience.js';
import { RefundSightings } from './refund-sightings.js';
import { strayRefundId } from './stray-refund.js';

const HOUR_MS = 3_600_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * HOUR_MS;
/** Cards take 4 to 7 business days, and a review comes before that (docs/gateway.md, Refunds). */
const ENDS_MS = 21 * 24 * HOUR_MS;

/** Refunds as movements: a bank sets the pace. */
@Injectable()
export class RefundMovement implements Movement {
  readonly kind = 'refund';
  readonly plan: CheckPlan;
  readonly audience: RefundAudience;
  readonly #refunds: RefundsService;
  readonly #sightings: RefundSightings;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) { sweep }: TrackingConfig,
    @Inject(GLOMOPAY_TRACKED_REFUNDS) refunds: RefundsService,
    @Inject(RefundSightings) sightings: RefundSightings,
    @Inject(RefundAudience) audience: RefundAudience,
  ) {
    this.plan = {
      firstCheckMs: sweep.firstCheckMs,
      firstPauseMs: FIRST_PAUSE_MS,
      longestPauseMs: LONGEST_PAUSE_MS,
      ends: { afterMs: ENDS_MS },
    };
    this.#refunds = refunds;
    this.#sightings = sightings;
    this.audience = audience;
  }

  /** The refund of a record; of one whose answer got lost, those under its `request_id`. */
  async look(record: TrackedRecord, options?: RequestOptions): Promise<readonly Sighting[]> {
    const refunds = await this.#fetch(record, options);
    return Promise.all(refunds.map((refund) => this.#sightings.of(refund, record, options)));
  }

  async #fetch(record: TrackedRecord, options?: RequestOptions): Promise<readonly Refund[]> {
    const refundId = record.objectId ?? strayRefundId(record);
    if (refundId !== undefined) return [await this.#refunds.get(refundId, options)];
    const listed = await this.#refunds.list({ requestId: record.requestId }, options);
    return sought(listed, ({ raw }) => isUnder(record.requestId, raw));
  }
}
