import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import type { GlomopayConfig } from '../../config/glomopay-config.js';
import { GLOMOPAY_CLOCK, GLOMOPAY_CONFIG } from '../../config/glomopay.tokens.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayResponseMalformedError } from '../../errors/response-malformed.error.js';
import { GatewayClient } from '../../http/gateway-client.js';
import { everyListed } from '../../http/every-listed.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import { LARGEST_PAGE, ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import { toWire } from '../../wire/to-wire.js';
import { handingIn, type RfiAnswer } from '../parts/rfi-answer.js';
import { decodePayment, type Payment } from '../payments/payment.js';
import { CreateRefundDto, documentSecrets, type CreateRefundInput } from './create-refund.dto.js';
import { RefundFilterDto, type RefundFilterInput } from './refund-filter.dto.js';
import { differingRefund, type FoundRefund } from './refund-match.js';
import { refundabilityOf, type Refundability } from './refundability.js';
import { refundShape, type CreatedRefund, type Refund } from './refund.js';

const PATH = '/api/v1/refunds';

const createRefund: Operation = {
  method: 'POST',
  path: PATH,
  duplicate: [400, 'Refund already exists for this request_id'],
  busy: 'Refund is being processed',
  objectOn: 422,
};

/** Refunds: money back to whoever paid. */
@Injectable()
@Named('RefundsService')
export class RefundsService {
  readonly #client: GatewayClient;
  readonly #clock: Clock;
  readonly #refunds: Resource<Refund, RefundFilterInput>;
  readonly #payments: Resource<Payment, ListFilterInput>;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GatewayClient) client: GatewayClient,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#refunds = new Resource(client, {
      kind: 'refund',
      path: PATH,
      decode: refundShape.decode,
      filter: RefundFilterDto,
    });
    this.#payments = new Resource(client, {
      kind: 'payment',
      path: config.paymentsPath,
      decode: decodePayment,
      filter: ListFilterDto,
    });
  }

  /**
   * Gives the money of a payment back, in full or in part, and returns the refund as the gateway
   * recorded it. It is paid from your balance, and has ended when its `status` says so: nearly always it
   * is `in_progress` at first, and `refund.success` or `refund.failed` tell later.
   *
   * A refund that fails at once is a result, not an error: look at `status`.
   *
   * Calling again with the same `requestId` makes no second refund; the first one is given back with
   * `replayed: true`, also when the gateway meanwhile says that there is nothing left to refund.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, and has no refund under the `requestId`; nothing was
   *   refunded. {@link refundable} tells most reasons beforehand.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; the money may be on its way. Call again with
   *   the same `requestId`, and never with a new one before the outcome is known.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to a refund of another payment or
   *   amount.
   */
  async create(refund: CreateRefundInput, options?: RequestOptions): Promise<CreatedRefund> {
    const body = toWire(CreateRefundDto, 'refund', refund);
    return this.#client.createOnce({
      call: {
        operation: createRefund,
        body,
        requestId: requestIdOf(body),
        secrets: documentSecrets(body),
        decode: (answer): CreatedRefund => ({ ...refundOf(body, answer), replayed: false }),
        options,
      },
      lookUp: (requestId, look) => this.#under(requestId, body, look),
      differing: (found) => differingRefund(body, found),
      replay: (found) => ({ ...found.refund, replayed: true }),
    });
  }

  /** Fetches a refund. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'refund'>, options?: RequestOptions): Promise<Refund> {
    return this.#refunds.get(id, options);
  }

  /** One page of the refunds that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: RefundFilterInput = {}, options?: RequestOptions): Promise<Page<Refund>> {
    return this.#refunds.list(filter, options);
  }

  /**
   * Every refund that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: RefundFilterInput = {}, options?: RequestOptions): AsyncGenerator<Refund> {
    return this.#refunds.listAll(filter, options);
  }

  /**
   * Hands in the documents that a refund in `action_required` waits for; upload them first. Its
   * `documents` say which are wanted. Afterwards it is `under_review`.
   *
   * It may be sent more than once, which changes nothing. When no answer of the gateway came back, the
   * refund is fetched, and given back if it waits no more; nobody can tell then whether it has ever waited.
   * The gateway has this route in an older description only.
   *
   * @throws {GlomopayValidationError} the answers break a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; the refund still waits.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; fetch the refund and look at its `status`.
   */
  async submitRfi(
    id: IdText<'refund'>,
    answers: readonly RfiAnswer[],
    options?: RequestOptions,
  ): Promise<Refund> {
    return this.#refunds.change(id, handingIn('update_rfi', answers), options);
  }

  /**
   * What can still be refunded of a payment, whether in part, until when, and why not: from the payment,
   * all of its refunds and the gateway's rules. Nothing is changed, and nothing is promised: a refund
   * elsewhere, the balance or a chargeback may come between.
   *
   * @throws {GlomopayValidationError} it is not the id of a payment; nothing was sent.
   * @throws {GlomopayNotFoundError} the id is unknown.
   * @throws {GlomopayResponseMalformedError} one of its refunds cannot be read, or the list of them has no
   *   end that can be reached, so that nobody can say what is left.
   */
  async refundable(paymentId: IdText<'payment'>, options?: RequestOptions): Promise<Refundability> {
    const payment = await this.#payments.get(paymentId, options);
    return refundabilityOf(payment, await this.#refundsOf(payment.id, options), this.#clock.date());
  }

  /** Every refund of a payment. The filter is believed only where the refund says the same. */
  async #refundsOf(paymentId: string, options?: RequestOptions): Promise<readonly Refund[]> {
    const refunds = await everyListed((page) =>
      this.#refunds.list({ paymentId, page, perPage: LARGEST_PAGE }, options),
    );
    return refunds.filter((refund) => refund.paymentId === paymentId);
  }

  /** What the list has under a `requestId`, each with what its amount is compared by. */
  async #under(
    requestId: string,
    { payment_id: paymentId, amount }: Readonly<Record<string, unknown>>,
    look: RequestOptions,
  ): Promise<Page<FoundRefund>> {
    const listed = await this.#refunds.list({ requestId }, look);
    const isCompared =
      amount !== undefined && listed.data.some((refund) => refund.paymentId === paymentId);
    const payment = isCompared ? await this.#payments.get(String(paymentId), look) : undefined;
    const data = listed.data.map((refund) => ({ id: refund.id, raw: refund.raw, refund, payment }));
    return { ...listed, data };
  }
}

/** The refund of an answer, which has to be one of the payment that was asked for. */
function refundOf(
  { payment_id: paymentId }: Readonly<Record<string, unknown>>,
  answer: unknown,
): Refund {
  const refund = refundShape.decode(answer);
  if (refund.paymentId === paymentId) return refund;
  throw new GlomopayResponseMalformedError('refund.payment_id', 'the payment that was asked for');
}
