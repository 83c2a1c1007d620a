import { Inject, Injectable } from '@nestjs/common';
import type { Payment } from '../../api/payments/payment.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { isId } from '../../values/ids.js';
import type { ListFilterInput } from '../../wire/list-filter.js';
import { sought, type Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import type { Sighting } from '../movements/movement.js';
import {
  isCharged,
  PaymentAttribution,
  PaymentUnclaimedError,
} from '../payments/payment-attribution.js';
import { paymentSighting } from '../payments/payment-sighting.js';
import { isCollection, paymentKinds } from '../payments/tracked-payment.js';
import { witnesses } from '../store/history-line.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { adoptedIntent } from './adopted-intent.js';
import { dateOf } from './date-of.js';
import type { BookObject, GatewayBook, Vouched } from './gateway-book.js';
import type { ReconciliationOptions } from './reconciliation-options.js';

/** The gateway's payments. */
@Injectable()
export class PaymentBook implements GatewayBook<Payment> {
  readonly kind = 'payment';
  readonly kinds = paymentKinds;
  readonly #account: string;
  readonly #payments: PaymentsService;
  readonly #attribution: PaymentAttribution;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(PaymentAttribution) attribution: PaymentAttribution,
  ) {
    this.#account = config.account;
    this.#payments = payments;
    this.#attribution = attribution;
  }

  list(filter: ListFilterInput, options: RequestOptions): Promise<Page<Payment>> {
    return this.#payments.list(filter, options);
  }

  async get(id: string, options: RequestOptions): Promise<Payment | undefined> {
    // What is in the database may be no id at all.
    if (!isId('payment', id)) return undefined;
    try {
      return await this.#payments.get(id, options);
    } catch (thrown) {
      if (thrown instanceof GlomopayNotFoundError) return undefined;
      throw thrown;
    }
  }

  objectOf(payment: Payment): BookObject {
    return {
      id: payment.id,
      createdAt: dateOf(payment.createdAt),
      requestId: requestIdOf(payment.raw),
      subjectId: payment.payinId ?? payment.subscriptionId,
      amount: payment.requestedAmount,
      currency: payment.requestedCurrency,
      status: payment.status,
    };
  }

  sighting(payment: Payment, record: TrackedRecord): Sighting | undefined {
    const isOwn = record.kind === 'payment' || record.objectId === payment.id;
    return isOwn ? paymentSighting(payment, record) : undefined;
  }

  /**
   * One of an order or a `request_id` is; other payments come in by links and transfers, and a
   * subscription charges by itself once it was paid. What is expected to be paid elsewhere has a success
   * only: attempts come and go.
   */
  async isOurs(payment: Payment, family: readonly TrackedRecord[]): Promise<boolean> {
    if (requestIdOf(payment.raw) !== undefined) return true;
    const isPaidElsewhere = family.length > 0 && family.every(isCollection);
    if (isPaidElsewhere && payment.status !== 'success') return false;
    const isRenewal = payment.payinId === null && family.some(isCharged);
    return (family.length > 0 && !isRenewal) || isId('order', payment.payinId);
  }

  async expected(
    payment: Payment,
    { expectationOf }: Pick<ReconciliationOptions, 'expectationOf'>,
  ): Promise<Vouched> {
    const expectation = await expectationOf?.(payment);
    return typeof expectation === 'object'
      ? adoptedIntent(this.#account, payment, expectation)
      : expectation;
  }

  async isUnder(payment: Payment, requestId: string, options: RequestOptions): Promise<boolean> {
    const echoed = requestIdOf(payment.raw);
    if (echoed !== undefined) return echoed === requestId;
    const listed = await this.#payments.list({ requestId }, options);
    return sought(listed, ({ id }) => id === payment.id).length > 0;
  }

  async report(payment: Payment, options: RequestOptions): Promise<TrackedRecord | undefined> {
    if (payment.status !== 'success') return undefined;
    const payinId = payment.payinId ?? payment.subscriptionId ?? undefined;
    const hint = { paymentId: payment.id, payinId, requestId: requestIdOf(payment.raw) };
    try {
      return await this.#attribution.attribute(hint, witnesses.reconciliation, options);
    } catch (thrown) {
      // It may be that of a record that is open: the sweeper finds out.
      if (thrown instanceof PaymentUnclaimedError) return undefined;
      throw thrown;
    }
  }
}
