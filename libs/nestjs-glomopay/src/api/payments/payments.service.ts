import { Inject, Injectable } from '@nestjs/common';
import { defer, type Observable } from 'rxjs';
import type { GlomopayConfig } from '../../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../../config/glomopay.tokens.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayResponseMalformedError } from '../../errors/response-malformed.error.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { differences } from '../../http/differences.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import { isId, type IdText } from '../../values/ids.js';
import { checkedId } from '../../wire/checked-id.js';
import type { Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import { toWire } from '../../wire/to-wire.js';
import type { RfiAnswer } from '../parts/rfi-answer.js';
import { rfiResponse } from '../parts/rfi-response.dto.js';
import { ChargeSubscriptionDto, type ChargeSubscriptionInput } from './charge-subscription.dto.js';
import { ConnectPayinDto } from './connect-payin.dto.js';
import { cardSecrets, CreatePaymentDto, type CreatePaymentInput } from './create-payment.dto.js';
import { decodeEligiblePayins, type EligiblePayin } from './eligible-payin.js';
import { decodePaymentAttempt, replayedAttempt, type PaymentAttempt } from './payment-attempt.js';
import type { FetchPayment } from './payment-poll.js';
import { PaymentFilterDto, type PaymentFilterInput } from './payment-filter.dto.js';
import { PaymentPoller, type WaitOptions } from './payment-poller.js';
import { decodePayment, type ComplianceStatus, type Payment } from './payment.js';

/** Below `/payment` whatever the `paymentsPath`: no document shows them elsewhere. */
const ELIGIBLE_PAYINS: Operation = {
  method: 'GET',
  path: '/api/v1/payment/{paymentId}/eligible-payins',
};
const CONNECT_PAYIN = '/api/v1/payment/{paymentId}/connect-payin';
const RESPOND = '/api/v1/rfis/{rfiId}/respond';

/** Payments, by card or by transfer, and what became of them. */
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
   * The orders and payment links that a transfer may have been meant for, when its payment is
   * `action_required` with `PAYIN_NOT_FOUND` or `PAYIN_AMOUNT_MISMATCH`: those that are still active and
   * expect just what was received. Make one (a quote for the amount, then an order or a link from it) where
   * there is none.
   *
   * @throws {GlomopayNotFoundError} the id is unknown.
   */
  async eligiblePayins(
    id: IdText<'payment'>,
    options?: RequestOptions,
  ): Promise<readonly EligiblePayin[]> {
    return this.#client.call({
      operation: ELIGIBLE_PAYINS,
      ids: { paymentId: checkedId('payment', id) },
      decode: decodeEligiblePayins,
      options,
    });
  }

  /**
   * Says what a transfer was meant for: one of its {@link eligiblePayins}, which is paid by it then. The
   * payment is given back as it is afterwards, fetched anew; look at its `status`. Goods are for what was
   * ordered there: compare `requestedAmount` with your order, as with every payment.
   *
   * It may be sent more than once, which changes nothing. When no answer of the gateway came back, or a
   * repeat is refused, the payment is fetched, and given back if it has this `payinId`.
   *
   * @throws {GlomopayValidationError} an id is of another kind; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused: the order or link is not eligible (any more), or the
   *   payment waits for none. `SANCTION_HIT` and `TXM_HOLD` cannot be mended so.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; fetch the payment and look at its `payinId`.
   */
  async connectPayin(
    id: IdText<'payment'>,
    payinId: IdText<'order' | 'paymentLink'>,
    options?: RequestOptions,
  ): Promise<Payment> {
    return this.#payments.change(
      id,
      {
        method: 'POST',
        path: CONNECT_PAYIN,
        body: toWire(ConnectPayinDto, 'connection of a payment', { payinId }),
        fetched: true,
        reached: (now) => now.payinId === payinId,
        advice: 'Fetch the payment and look at its payinId before you connect it again.',
      },
      options,
    );
  }

  /**
   * Answers what compliance wants to know about a payment (`rfi`), with one call for everything that it
   * asks for; upload the documents first. Its `complianceStatus` is `under_review` then, and compliance may
   * ask again. The money is held meanwhile; the payment itself stays as it is.
   *
   * The payment is fetched to learn which request it is, answered through that (as `rfis.respond` does), and
   * fetched once more. A repeat changes nothing: a request takes one answer.
   *
   * @throws {GlomopayValidationError} the answers break a rule, or nothing is asked about the payment;
   *   nothing was answered.
   * @throws {GlomopayApiError} the gateway refused: an answer is missing or not asked for, or the request
   *   waits for none (any more).
   * @throws {GlomopayResponseMalformedError} the payment names a request that is none; nothing was answered.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; fetch the payment and look at its
   *   `complianceStatus`.
   */
  async submitRfi(
    id: IdText<'payment'>,
    answers: readonly RfiAnswer[],
    options?: RequestOptions,
  ): Promise<Payment> {
    const body = rfiResponse(answers);
    const { rfi } = await this.#payments.get(id, options);
    if (rfi === null) throw nothingAsked();
    if (!isId('rfi', rfi.id)) {
      throw new GlomopayResponseMalformedError('payment.rfi.id', 'the id of a rfi');
    }
    return this.#payments.change(
      id,
      {
        path: RESPOND,
        ids: { rfiId: checkedId('rfi', rfi.id) },
        body,
        fetched: true,
        reached: ({ complianceStatus }) => isAnswered(complianceStatus),
        advice: 'Fetch the payment and look at its complianceStatus before you answer again.',
      },
      options,
    );
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
      lookUp: (requestId, look) => this.#payments.list({ requestId }, look),
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

/** Whether compliance has what it asked for. Without a status nobody knows. */
function isAnswered(status: ComplianceStatus | null): boolean {
  return status === 'under_review' || status === 'approved' || status === 'rejected';
}

function nothingAsked(): GlomopayValidationError {
  return new GlomopayValidationError('answers to a request for information', [
    {
      path: 'id',
      rule: 'hasRfi',
      message: 'must be a payment that compliance asks about; its rfi is null',
    },
  ]);
}
