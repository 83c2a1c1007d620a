import { Inject, Injectable } from '@nestjs/common';
import type { OrdersService } from '../../../api/orders/orders.service.js';
import type { Payment } from '../../../api/payments/payment.js';
import type { PaymentsService } from '../../../api/payments/payments.service.js';
import type { PaymentLinksService } from '../../../api/payment-links/payment-links.service.js';
import type { SubscriptionsService } from '../../../api/subscriptions/subscriptions.service.js';
import { GlomopayNotFoundError } from '../../../errors/api.error.js';
import type { RequestOptions } from '../../../http/request-options.js';
import { sought } from '../../../wire/page.js';
import { isUnder } from '../../../wire/request-id.js';
import {
  GLOMOPAY_TRACKED_PAYINS,
  GLOMOPAY_TRACKED_PAYMENTS,
} from '../../config/tracking.tokens.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { paymentsOf } from '../payments-of.js';
import { paymentSubject } from '../tracked-payment.js';

/** The services of what is paid. */
export interface PayinServices {
  readonly orders: Pick<OrdersService, 'get'>;
  readonly paymentLinks: Pick<PaymentLinksService, 'get'>;
  readonly subscriptions: Pick<SubscriptionsService, 'get'>;
}

/** Asks the gateway about what is paid, and with what it was. */
@Injectable()
export class PayinLooks {
  readonly #payins: PayinServices;
  readonly #payments: PaymentsService;

  constructor(
    @Inject(GLOMOPAY_TRACKED_PAYINS) payins: PayinServices,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
  ) {
    this.#payins = payins;
    this.#payments = payments;
  }

  /** The status of a record's order, link or subscription; undefined: the gateway has none. */
  async status(record: TrackedRecord, options?: RequestOptions): Promise<string | undefined> {
    try {
      return (await this.#get(record, options)).status;
    } catch (thrown) {
      if (thrown instanceof GlomopayNotFoundError) return undefined;
      throw thrown;
    }
  }

  /** Every payment of a record's order, link or subscription, oldest first, whatever became of it. */
  async payments(record: TrackedRecord, options?: RequestOptions): Promise<readonly Payment[]> {
    const { orderId, paymentLinkId, subscriptionId } = paymentSubject(record);
    const payinId = orderId ?? paymentLinkId;
    const paidFor = payinId === null ? { subscriptionId: subscriptionId ?? '' } : { payinId };
    return paymentsOf(this.#payments, paidFor, undefined, options);
  }

  /** The payments that a create with this `requestId` has made. */
  async under(requestId: string, options?: RequestOptions): Promise<readonly Payment[]> {
    const listed = await this.#payments.list({ requestId }, options);
    return sought(listed, ({ raw }) => isUnder(requestId, raw));
  }

  get(paymentId: string, options?: RequestOptions): Promise<Payment> {
    return this.#payments.get(paymentId, options);
  }

  #get(record: TrackedRecord, options?: RequestOptions): Promise<{ readonly status: string }> {
    const { orderId, paymentLinkId, subscriptionId } = paymentSubject(record);
    const { orders, paymentLinks, subscriptions } = this.#payins;
    if (orderId !== null) return orders.get(orderId, options);
    if (paymentLinkId !== null) return paymentLinks.get(paymentLinkId, options);
    return subscriptions.get(subscriptionId ?? '', options);
  }
}
