import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
import { CreateSubscriptionDto, type CreateSubscriptionInput } from './create-subscription.dto.js';
import { NextPaymentDateDto } from './next-payment-date.dto.js';
import { SubscriptionFilterDto, type SubscriptionFilterInput } from './subscription-filter.dto.js';
import { subscriptionShape, type CreatedSubscription, type Subscription } from './subscription.js';

const PATH = '/api/v1/subscriptions';

const createSubscription: Operation = {
  method: 'POST',
  path: PATH,
  advice:
    'List the subscriptions of the customer created since {since} before you call again: one may have been made.',
};

/** What to do when nobody knows whether a change was made. */
const LOOK = 'Fetch the subscription before you call again: the change may still come.';

/** Subscriptions: customers who are charged again and again. Their charges are payments. */
@Injectable()
@Named('SubscriptionsService')
export class SubscriptionsService {
  readonly #client: GatewayClient;
  readonly #subscriptions: Resource<Subscription, SubscriptionFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#subscriptions = new Resource(client, {
      kind: 'subscription',
      path: PATH,
      decode: subscriptionShape.decode,
      filter: SubscriptionFilterDto,
    });
  }

  /**
   * Makes a subscription. It is `created`, and nothing is charged, until the customer has paid for the
   * first time: by its link, in the checkout, or by a card through `PaymentsService.create`. The gateway
   * may take a small amount then that only verifies the card, and gives it back by itself.
   *
   * The gateway has no `request_id` here, so calling twice makes two, and a request that may have
   * arrived is never sent again. With a `referenceNumber` of its own a lost answer is looked for: the
   * one subscription of this customer, reference, amount and currency that was made since the call
   * began is given back with `replayed: true`.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; nothing was made.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer, and none or several were found. List the
   *   customer's subscriptions before you call again.
   */
  async create(
    subscription: CreateSubscriptionInput | CreateSubscriptionDto,
    options?: RequestOptions,
  ): Promise<CreatedSubscription> {
    const body = toWire(CreateSubscriptionDto, 'subscription', subscription);
    const { customerId } = subscription;
    return this.#client.createByReference<CreatedSubscription, Subscription>({
      call: {
        operation: createSubscription,
        body,
        decode: (answer) => ({ ...subscriptionShape.decode(answer), replayed: false }),
        options,
      },
      lookUp: (after, look) =>
        this.#subscriptions.list({ customerId, after, perPage: LARGEST_PAGE }, look),
      isAlike: ({ amount, currency }) => amount === body['amount'] && currency === body['currency'],
      replay: (found) => ({ ...found, replayed: true }),
    });
  }

  /** Fetches a subscription. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'subscription'>, options?: RequestOptions): Promise<Subscription> {
    return this.#subscriptions.get(id, options);
  }

  /** One page of the subscriptions that match, newest first. One that cannot be read is under `unreadable`. */
  async list(
    filter: SubscriptionFilterInput = {},
    options?: RequestOptions,
  ): Promise<Page<Subscription>> {
    return this.#subscriptions.list(filter, options);
  }

  /**
   * Every subscription that matches, fetched page by page as they are consumed. One that cannot be read
   * is left out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(
    filter: SubscriptionFilterInput = {},
    options?: RequestOptions,
  ): AsyncGenerator<Subscription> {
    return this.#subscriptions.listAll(filter, options);
  }

  /**
   * Stops the charges of an `active` plan until {@link resume}; `nextPaymentDate` is null meanwhile. Not
   * for `as_presented`, which is charged only when you say so.
   *
   * It may be sent more than once; when no answer came back, the subscription is fetched, and given back
   * if it is `paused`.
   *
   * @throws {GlomopayApiError} the gateway refused, for one that is paused already too; nothing was
   *   changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and it is not paused. It may still be.
   */
  async pause(id: IdText<'subscription'>, options?: RequestOptions): Promise<Subscription> {
    return this.#become('paused', id, 'pause', options);
  }

  /**
   * Goes on with the charges of a `paused` plan. One that is `halted` is no case for it: the next charge
   * that succeeds makes it active.
   *
   * It may be sent more than once; when no answer came back, the subscription is fetched, and given back
   * if it is `active`.
   *
   * @throws {GlomopayApiError} the gateway refused, for one that is active already too; nothing was
   *   changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and it is not active. It may still be.
   */
  async resume(id: IdText<'subscription'>, options?: RequestOptions): Promise<Subscription> {
    return this.#become('active', id, 'resume', options);
  }

  /**
   * Ends a subscription for good: nothing is charged any more, and nothing brings it back.
   *
   * It may be sent more than once; when no answer came back, the subscription is fetched, and given back
   * if it is `cancelled`.
   *
   * @throws {GlomopayApiError} the gateway refused, for one that has ended already too; nothing was
   *   changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and it is not cancelled. It may still be;
   *   until then it may be charged.
   */
  async cancel(id: IdText<'subscription'>, options?: RequestOptions): Promise<Subscription> {
    return this.#become('cancelled', id, 'cancel', options);
  }

  /**
   * Moves the next charge of an `active` plan to another day, at least two days from now (UTC), and
   * fetches the subscription afterwards, because what the gateway answers is not documented. Not for
   * `as_presented`.
   *
   * It may be sent more than once; when no answer came back, the subscription is fetched, and given back
   * if its `nextPaymentDate` is that day.
   *
   * @param date `YYYY-MM-DD`, UTC
   * @throws {GlomopayValidationError} it is no day of the calendar; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; nothing was changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and it is another day. The change may
   *   still come.
   */
  async moveNextPayment(
    id: IdText<'subscription'>,
    date: string,
    options?: RequestOptions,
  ): Promise<Subscription> {
    return this.#subscriptions.change(
      id,
      {
        action: 'next-payment-date',
        body: toWire(NextPaymentDateDto, 'next payment', { nextPaymentDate: date }),
        reached: ({ nextPaymentDate }) => nextPaymentDate === date,
        fetched: true,
        advice: LOOK,
      },
      options,
    );
  }

  /** A change that leaves the subscription in a status. */
  #become(
    status: 'paused' | 'active' | 'cancelled',
    id: string,
    action: string,
    options: RequestOptions | undefined,
  ): Promise<Subscription> {
    const reached = (now: Subscription): boolean => now.status === status;
    return this.#subscriptions.change(id, { action, reached, advice: LOOK }, options);
  }
}
