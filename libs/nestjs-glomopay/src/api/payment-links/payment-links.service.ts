import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import { isSameInstant } from '../../values/calendar.js';
import type { IdText } from '../../values/ids.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
import { accountSecrets } from '../parts/bank-account.dto.js';
import { handingIn, type RfiAnswer } from '../parts/rfi-answer.js';
import { CreatePaymentLinkDto, type CreatePaymentLinkInput } from './create-payment-link.dto.js';
import { PaymentLinkFilterDto, type PaymentLinkFilterInput } from './payment-link-filter.dto.js';
import { paymentLinkShape, type CreatedPaymentLink, type PaymentLink } from './payment-link.js';
import { UpdatePaymentLinkDto, type UpdatePaymentLinkInput } from './update-payment-link.dto.js';

const PATH = '/api/v1/payin';

const createLink: Operation = {
  method: 'POST',
  path: PATH,
  advice:
    'List the payment links of the customer created since {since} before you call again: one may have been made.',
};

/** What to do when nobody knows whether a change was made. */
const LOOK = 'Fetch the payment link before you call again: the change may still come.';

/** Payment links: pages of the gateway at which a customer pays. Orders are for pages of your own. */
@Injectable()
@Named('PaymentLinksService')
export class PaymentLinksService {
  readonly #client: GatewayClient;
  readonly #links: Resource<PaymentLink, PaymentLinkFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#links = new Resource(client, {
      kind: 'paymentLink',
      path: PATH,
      decode: paymentLinkShape.decode,
      filter: PaymentLinkFilterDto,
    });
  }

  /**
   * Makes a payment link. The gateway writes to the customer unless `notifyCustomer` is false. Share
   * `paymentLink` once it is there: a link that is reviewed first has none until `payment_link.active`.
   *
   * The gateway has no `request_id` here, so calling twice makes two, and a request that may have
   * arrived is never sent again. With a `referenceNumber` of its own a lost answer is looked for: the
   * one link of this customer, reference, amount and currency that was made since the call began is given
   * back with `replayed: true`. A link with a quote has its amount from there, so that customer and
   * reference alone are compared.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, also for a quote that has expired or was used;
   *   nothing was made.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer, and none or several were found. List the
   *   customer's links before you call again: two links can both be paid.
   */
  async create(
    link: CreatePaymentLinkInput | CreatePaymentLinkDto,
    options?: RequestOptions,
  ): Promise<CreatedPaymentLink> {
    const body = toWire(CreatePaymentLinkDto, 'payment link', link);
    const { customerId } = link;
    const { amount, currency } = body;
    const isQuoted = body['quote_id'] !== undefined;
    return this.#client.createByReference<CreatedPaymentLink, PaymentLink>({
      call: {
        operation: createLink,
        body,
        secrets: accountSecrets(body['bank_account_details']),
        decode: (answer) => ({ ...paymentLinkShape.decode(answer), replayed: false }),
        options,
      },
      lookUp: (after, look) => this.#links.list({ customerId, after, perPage: LARGEST_PAGE }, look),
      isAlike: (found) => isQuoted || (found.amount === amount && found.currency === currency),
      replay: (found) => ({ ...found, replayed: true }),
    });
  }

  /** Fetches a payment link. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'paymentLink'>, options?: RequestOptions): Promise<PaymentLink> {
    return this.#links.get(id, options);
  }

  /** One page of the payment links that match, newest first. One that cannot be read is under `unreadable`. */
  async list(
    filter: PaymentLinkFilterInput = {},
    options?: RequestOptions,
  ): Promise<Page<PaymentLink>> {
    return this.#links.list(filter, options);
  }

  /**
   * Every payment link that matches, fetched page by page as they are consumed. One that cannot be read is
   * left out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(
    filter: PaymentLinkFilterInput = {},
    options?: RequestOptions,
  ): AsyncGenerator<PaymentLink> {
    return this.#links.listAll(filter, options);
  }

  /**
   * Changes expiry or reminders of a link; nothing else of it ever changes.
   *
   * It may be sent more than once; when no answer came back, the link is fetched, and given back if it
   * shows the change.
   *
   * @throws {GlomopayValidationError} the change breaks a rule, or there is none; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, as for a link that has ended; nothing was changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and the link does not show the change, or
   *   could not be fetched; it may still be changed.
   */
  async update(
    id: IdText<'paymentLink'>,
    changes: UpdatePaymentLinkInput | UpdatePaymentLinkDto,
    options?: RequestOptions,
  ): Promise<PaymentLink> {
    const body = toWire(UpdatePaymentLinkDto, 'change of a payment link', changes);
    const { expires_at: until, reminder_frequency: days } = body;
    const reached = ({ expiresAt, reminderFrequency }: PaymentLink): boolean =>
      (days === undefined || days === reminderFrequency) &&
      (until === undefined || isSameInstant(until, expiresAt));
    return this.#links.change(id, { body, reached, advice: LOOK }, options);
  }

  /**
   * Ends a link that is not paid: nobody can pay it any more, and nothing brings it back.
   *
   * It may be sent more than once; when no answer came back, the link is fetched, and given back if it is
   * `cancelled`.
   *
   * @throws {GlomopayApiError} the gateway refused, as for a link that was paid or has ended otherwise;
   *   nothing was changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and it is not cancelled. It may still be;
   *   until then it may be paid.
   */
  async cancel(id: IdText<'paymentLink'>, options?: RequestOptions): Promise<PaymentLink> {
    return this.#links.change(
      id,
      { action: 'cancel', reached: isCancelled, advice: LOOK },
      options,
    );
  }

  /**
   * Hands in the documents that a link in `action_required` waits for; upload them first. Its
   * `rfiDocuments` say which are wanted. Afterwards it is `under_review`.
   *
   * It may be sent more than once; when no answer came back, the link is fetched, and given back unless
   * it still waits; nobody can tell then whether it has ever waited.
   *
   * @throws {GlomopayValidationError} the answers break a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, as for a link that does not wait; nothing was
   *   handed in.
   * @throws {GlomopayOutcomeUnknownError} no usable answer, and it still waits, or asks again; fetch the
   *   link and look at its `rfiDocuments`.
   */
  async submitRfi(
    id: IdText<'paymentLink'>,
    answers: readonly RfiAnswer[],
    options?: RequestOptions,
  ): Promise<PaymentLink> {
    return this.#links.change(id, { ...handingIn('update-rfi', answers), advice: LOOK }, options);
  }
}

function isCancelled({ status }: PaymentLink): boolean {
  return status === 'cancelled';
}
