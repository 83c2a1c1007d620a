import { Inject, Injectable, Logger } from '@nestjs/common';
import { publishOutcome } from '../../diagnostics/outcome-message.js';
import { isUnder } from '../../wire/request-id.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { Payment } from '../../api/payments/payment.js';
import { everyItem } from '../../wire/page.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import { neutrally } from '../../values/neutral-context.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { outcomeOf } from './payment-outcome.js';
import { strayPaymentId } from './stray-payment.js';
import { asPayment } from './tracked-payment.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import type { Settled, Settlement } from '../store/tracking-store.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { transition, withoutOutcome, type Observation } from './transition.js';
import { whoLooksNext } from '../store/who-looks-next.js';

/**
 * Ends payments. Whoever the witness is (callback, webhook, sweeper), it comes through here: the
 * payment is fetched outside any transaction, and what it says is recorded in one transaction with
 * what the outcome handlers write.
 */
@Injectable()
export class PaymentSettlement {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #payments: PaymentsService;
  readonly #handlers: OutcomeHandlers;
  readonly #roll: HandlerRoll;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(OutcomeHandlers) handlers: OutcomeHandlers,
    @Inject(HandlerRoll) roll: HandlerRoll,
  ) {
    this.#config = config;
    this.#store = store;
    this.#payments = payments;
    this.#handlers = handlers;
    this.#roll = roll;
  }

  /** Asks the gateway about a record and records what it says. Gives the record as it then stands. */
  async settle(record: TrackedRecord, options?: RequestOptions): Promise<TrackedRecord> {
    const payment = await this.#fetch(record, options);
    return payment === undefined ? record : this.observe(record, { kind: 'payment', payment });
  }

  /**
   * Records an observation, with the outcome handlers when it brings the outcome. A process that lacks
   * handlers leaves the outcome to the next one that has them, and has it looked at once.
   *
   * The transaction and its handlers run in an async context of no caller: one look serves all who ask
   * meanwhile, and an ambient transaction of a caller must not take in, or roll back, what belongs to
   * the outcome.
   */
  async observe(record: TrackedRecord, observation: Observation): Promise<TrackedRecord> {
    const { sweep } = this.#config;
    const mayConclude = await this.#roll.mayConclude();
    let isLeft = false;
    const settlement: Settlement<unknown> = {
      decide: (current, around) => {
        const change = transition(current, observation, around);
        if (mayConclude) return change;
        const seen = withoutOutcome(current, change);
        isLeft = seen !== change;
        return seen;
      },
      effect: (before, after, tx) => this.#effect(before, after, tx),
      nextCheckMs: mayConclude ? sweep.firstCheckMs : 0,
    };
    const settled = await neutrally(() => this.#store.settle(record, settlement));
    if (isLeft) await this.#store.reschedule(record, 0);
    if (settled === undefined) return record;
    tellEnd(settled);
    return settled.after;
  }

  /** The payment of a record; of one whose answer got lost, the one under its `request_id`. */
  async #fetch(record: TrackedRecord, options?: RequestOptions): Promise<Payment | undefined> {
    const paymentId = record.objectId ?? strayPaymentId(record);
    if (paymentId !== undefined) return this.#payments.get(paymentId, options);
    const listed = await this.#payments.list({ requestId: record.requestId }, options);
    const own = everyItem(listed).filter(({ raw }) => isUnder(record.requestId, raw));
    if (own.length > 1) {
      await this.observe(record, { kind: 'given_up', reason: 'ambiguous' });
      return undefined;
    }
    return own[0];
  }

  async #effect(before: TrackedRecord, after: TrackedRecord, tx: unknown): Promise<void> {
    const outcome = isSettled(before.state) ? undefined : outcomeOf(after);
    if (outcome !== undefined) await this.#handlers.run(outcome, tx);
    else if (whoLooksNext(after) === 'person') this.#report(before, after);
  }

  /** Says that a handler of the host has failed; nothing was recorded, and it is run again. */
  reportHandlerFault(thrown: unknown): void {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    this.#logger.error('an outcome handler or the store failed; the payment stays open', stack);
  }

  #report(before: TrackedRecord, after: TrackedRecord): void {
    if (after.state === before.state && after.reason === before.reason) return;
    const { objectId, requestId, state, reason } = after;
    this.#logger.error(
      `payment ${objectId ?? 'without id'} (request ${requestId}) needs a person: ${state}, ${reason ?? 'no reason'}`,
    );
  }
}

/** Says that a payment has come to an end, after the commit, and only by whoever brought it there. */
function tellEnd({ before, after }: Settled): void {
  const { account, state, reason, orderId, paymentId, createdAt, updatedAt } = asPayment(after);
  if (state === before.state || state === 'created' || state === 'attempted') return;
  publishOutcome({
    account,
    state,
    reason: reason ?? undefined,
    orderId: orderId ?? undefined,
    paymentId: paymentId ?? undefined,
    durationMs: updatedAt.getTime() - createdAt.getTime(),
  });
}
