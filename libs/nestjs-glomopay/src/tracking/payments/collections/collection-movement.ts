import { Inject, Injectable } from '@nestjs/common';
import type { Payment } from '../../../api/payments/payment.js';
import type { Clock } from '../../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../../config/glomopay.tokens.js';
import type { RequestOptions } from '../../../http/request-options.js';
import { requestIdOf } from '../../../wire/request-id.js';
import type { TrackingConfig } from '../../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../../config/tracking.tokens.js';
import type { CheckPlan } from '../../movements/check-plan.js';
import type { Movement, Sighting } from '../../movements/movement.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { TrackingStore, type Settled } from '../../store/tracking-store.js';
import { announcePayment } from '../announce-payment.js';
import { PaymentAudience } from '../payment-audience.js';
import type { PaymentOutcome } from '../payment-outcome.js';
import { paymentSighting } from '../payment-sighting.js';
import { strayPaymentId } from '../stray-payment.js';
import { isPayment } from '../tracked-payment.js';
import { PayinLooks } from './payin-looks.js';
import { isEnded, isUnderWay, payinSighting } from './payin-sighting.js';
import { distributed, isExpecting } from './whose-payment.js';

/** Where the host takes the rounds itself; else the first pause is as long as that between rounds. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** A link lives for six months at most, and a year lies between two renewals. */
const GIVE_UP_AFTER_MS = 400 * 86_400_000;

/** What somebody pays elsewhere, as a movement: its object is the payment that was made. */
@Injectable()
export class CollectionMovement implements Movement {
  readonly kind = 'collection';
  readonly plan: CheckPlan;
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #payins: PayinLooks;
  readonly #audience: PaymentAudience;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) { account, sweep }: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(PayinLooks) payins: PayinLooks,
    @Inject(PaymentAudience) audience: PaymentAudience,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.plan = {
      firstCheckMs: sweep.firstCheckMs,
      firstPauseMs: sweep.everyMs || FIRST_PAUSE_MS,
      longestPauseMs: LONGEST_PAUSE_MS,
      ends: { afterMs: GIVE_UP_AFTER_MS },
    };
    this.#account = account;
    this.#store = store;
    this.#payins = payins;
    this.#audience = audience;
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
    const own = await this.#ownOf(record, family, successes, options);
    if (own !== undefined) return [paymentSighting(own, record)];
    if (status === undefined) return [];
    const now = this.#clock.date();
    const hasEnded =
      status === 'paid'
        ? successes.length > 0 && family.some(({ state }) => state === 'succeeded')
        : isEnded(status) && !payments.some((payment) => isUnderWay(payment, now));
    return [payinSighting(status, hasEnded)];
  }

  get milestones(): PaymentAudience['milestones'] {
    return this.#audience.milestones;
  }

  get followers(): PaymentAudience['followers'] {
    return this.#audience.followers;
  }

  outcomeOf(record: TrackedRecord): PaymentOutcome | undefined {
    return this.#audience.outcomeOf(record);
  }

  conclude(record: TrackedRecord, tx: unknown): Promise<void> {
    return this.#audience.conclude(record, tx);
  }

  announce(settled: Settled): void {
    announcePayment(settled);
  }

  /** Other expectations of the same subject look at the same payments, and come to the same answer. */
  async #ownOf(
    record: TrackedRecord,
    family: readonly TrackedRecord[],
    successes: readonly Payment[],
    options?: RequestOptions,
  ): Promise<Payment | undefined> {
    const free = await this.#unowned(family, successes, options);
    if (free.length === 0) return undefined;
    const others = family.filter(isExpecting);
    const known = others.find(({ requestId }) => requestId === record.requestId);
    const expecting = known === undefined ? [...others, record] : others;
    return distributed(expecting, free).get(known ?? record);
  }

  /** Successes that no record has, nor will have once it has found out what became of its request. */
  async #unowned(
    family: readonly TrackedRecord[],
    successes: readonly Payment[],
    options?: RequestOptions,
  ): Promise<readonly Payment[]> {
    const taken = new Set(family.map(({ objectId }) => objectId));
    const nameless = family.filter((each) => isPayment(each) && each.objectId === null);
    const free: Payment[] = [];
    for (const payment of successes) {
      if (taken.has(payment.id)) continue;
      const owner = await this.#store.findByObject(this.#account, payment.id);
      if (owner === undefined && !(await this.#isOfOneOf(nameless, payment, options))) {
        free.push(payment);
      }
    }
    return free;
  }

  /** The gateway may or may not say under which `request_id` a payment stands; where it does not, it is asked. */
  async #isOfOneOf(
    nameless: readonly TrackedRecord[],
    payment: Payment,
    options?: RequestOptions,
  ): Promise<boolean> {
    if (nameless.some((each) => strayPaymentId(each) === payment.id)) return true;
    const told = requestIdOf(payment.raw);
    if (told !== undefined) return nameless.some(({ requestId }) => requestId === told);
    for (const { requestId } of nameless) {
      const under = await this.#payins.under(requestId, options);
      if (under.some(({ id }) => id === payment.id)) return true;
    }
    return false;
  }
}
