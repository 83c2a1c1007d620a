import { Inject, Injectable } from '@nestjs/common';
import { defer, type Observable } from 'rxjs';
import type { GlomopayConfig } from '../../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../../config/glomopay.tokens.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { differences } from '../../http/differences.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { CallSecret } from '../../logging/scrub.js';
import type { IdText } from '../../values/ids.js';
import { checkedId } from '../../wire/checked-id.js';
import { everyItem, type Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import { toWire } from '../../wire/to-wire.js';
import { ChargeSubscriptionDto, type ChargeSubscriptionInput } from './charge-subscription.dto.js';
import { CreatePaymentDto, type CreatePaymentInput } from './create-payment.dto.js';
import { decodePaymentAttempt, replayedAttempt, type PaymentAttempt } from './payment-attempt.js';
import type { FetchPayment } from './payment-poll.js';
import { PaymentFilterDto, type PaymentFilterInput } from './payment-filter.dto.js';
import { PaymentPoller, type WaitOptions } from './payment-poller.js';
import { decodePayment, type Payment } from './payment.js';

/** Card payments and what became of them. */
@Injectable()
@Named('PaymentsService')
export class PaymentsService {
  readonly #config: GlomopayConfig;
  readonly #client: GatewayClient;
  readonly #payments: Resource<Payment, PaymentFilterInput>;
  readonly #poller: PaymentPoller;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GatewayClient) client: GatewayClient,
    @Inject(PaymentPoller) poller: PaymentPoller,
  ) {
    this.#config = config;
    this.#client = client;
    this.#payments = new Resource(client, {
      kind: 'payment',
      path: config.paymentsPath,
      decode: decodePayment,
      filter: PaymentFilterDto,
    });
    this.#poller = poller;
  }

  /**
   * Submits a card for an order, or for the first payment of a subscription, and returns where to
   * send the buyer. The card leaves this process in this call and is kept nowhere.
   *
   * With a `requestId` a lost answer is found again and nothing is charged twice; the attempt then
   * says `replayed: true` and has no `redirectUrl`. Without one, a request that may have arrived is
   * never sent again.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, and has no payment under the `requestId`; nothing
   *   was charged.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; the buyer may be charged. Never start
   *   over with a new `requestId` before the outcome is known.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to a payment of another order.
   */
  async create(
    payment: CreatePaymentInput | CreatePaymentDto,
    options?: RequestOptions,
  ): Promise<PaymentAttempt> {
    const body = this.#encode(payment);
    const { order_id: orderId, subscription_id: subscriptionId } = body;
    return this.#submit(body, options, (found) =>
      differences([
        ['orderId', orderId, found.payinId],
        ['subscriptionId', subscriptionId, found.subscriptionId],
      ]),
    );
  }

  /** Fetches a payment. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'payment'>, options?: RequestOptions): Promise<Payment> {
    return this.#payments.get(id, options);
  }

  /** One page of the payments that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: PaymentFilterInput = {}, options?: RequestOptions): Promise<Page<Payment>> {
    return this.#payments.list(filter, options);
  }

  /**
   * Every payment that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: PaymentFilterInput = {}, options?: RequestOptions): AsyncGenerator<Payment> {
    return this.#payments.listAll(filter, options);
  }

  /**
   * Asks for the payment until it has succeeded or failed, at the interval that the gateway gave.
   * A failed payment is a result, not an error.
   *
   * @throws {GlomopayPollTimeoutError} it is still pending; it has not failed.
   * @throws {GlomopayAbortedError} the signal ended the wait.
   * @throws {GlomopayApiError} the gateway refuses to tell (401, 403, 404).
   */
  async waitForFinal(id: IdText<'payment'>, options: WaitOptions = {}): Promise<Payment> {
    return this.#poller.waitForFinal(checkedId('payment', id), this.#look(id), options);
  }

  /**
   * The payment now and after every change of its state, until it is final. Nothing is asked before
   * someone subscribes, and nothing after the last one has left. Errors as in {@link waitForFinal}.
   */
  watch(id: IdText<'payment'>, options: WaitOptions = {}): Observable<Payment> {
    return defer(() => this.#poller.watch(checkedId('payment', id), this.#look(id), options));
  }

  /**
   * Charges a subscription of `as_presented` once more, on the card of its first payment. There is no
   * card to hand over, no callback and nobody to send to a bank: the attempt has no `redirectUrl`, and
   * its payment ends by itself. As ever, the attempt is no outcome; {@link waitForFinal} or a webhook
   * tells it, and a declined charge is a payment whose `status` is `failed`.
   *
   * Calling twice with one `requestId` charges once: an earlier charge is given back with
   * `replayed: true`, also one that has failed. To try a failed one again is a new charge, with a new
   * `requestId`.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, and has no payment under the `requestId`; nothing
   *   was charged.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; the customer may be charged. Never start
   *   over with a new `requestId` before the outcome is known.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to a payment of another
   *   subscription, amount or currency.
   */
  async charge(charge: ChargeSubscriptionInput, options?: RequestOptions): Promise<PaymentAttempt> {
    const wire = toWire(ChargeSubscriptionDto, 'charge', charge);
    return this.#submit({ sequence: 'subsequent', ...wire }, options, (found) =>
      differences([
        ['subscriptionId', wire['subscription_id'], found.subscriptionId],
        ['amount', wire['amount'], found.requestedAmount],
        ['currency', wire['currency'], found.requestedCurrency],
      ]),
    );
  }

  /** Starts a payment, once for each `request_id`. */
  async #submit(
    body: Readonly<Record<string, unknown>>,
    options: RequestOptions | undefined,
    differing: (found: Payment) => readonly string[],
  ): Promise<PaymentAttempt> {
    return this.#client.createOnce({
      call: {
        operation: {
          method: 'POST',
          path: this.#config.paymentsPath,
          duplicate: [400, 'Payment already exists for this request_id'],
        },
        body,
        requestId: requestIdOf(body),
        secrets: cardSecrets(body['card']),
        decode: (answer) => this.#started(decodePaymentAttempt(answer)),
        options,
      },
      lookUp: async (requestId, look) => everyItem(await this.#payments.list({ requestId }, look)),
      differing,
      replay: replayedAttempt,
    });
  }

  /** One look of a poll. The poll itself tries again, so a look does not. */
  #look(id: string): FetchPayment {
    return (signal) => this.#payments.get(id, { signal }, 1);
  }

  /** Checks the payment, and fills in what the module knows. */
  #encode(payment: CreatePaymentInput | CreatePaymentDto): Readonly<Record<string, unknown>> {
    const wire = toWire(CreatePaymentDto, 'payment', payment);
    const body = { method: 'card', callback_url: this.#config.callbackUrl, ...wire };
    if (body.callback_url !== undefined) return body;
    throw new GlomopayValidationError('payment', [
      {
        path: 'callbackUrl',
        rule: 'isDefined',
        message: 'must be given here or as callbackUrl of the module',
      },
    ]);
  }

  #started(attempt: PaymentAttempt): PaymentAttempt {
    const { paymentId, poll } = attempt;
    if (typeof poll?.intervalMs === 'number') this.#poller.remember(paymentId, poll.intervalMs);
    return attempt;
  }
}

/** The values of a card that no error and no answer may show. */
function cardSecrets(card: unknown): readonly CallSecret[] {
  const kinds = { number: 'digits', cvv: 'cvv', holder_name: 'text' } as const;
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const text: unknown =
      typeof card === 'object' && card !== null ? Reflect.get(card, name) : undefined;
    return typeof text === 'string' ? [{ text, kind }] : [];
  });
}
