import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { differences } from '../../http/differences.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import type { Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import { toWire } from '../../wire/to-wire.js';
import { handingIn, type RfiAnswer } from '../parts/rfi-answer.js';
import { accountSecrets } from '../parts/bank-account.dto.js';
import { CreateOrderDto, type CreateOrderInput } from './create-order.dto.js';
import { OrderFilterDto, type OrderFilterInput } from './order-filter.dto.js';
import { orderShape, type CreatedOrder, type Order } from './order.js';

const PATH = '/api/v1/orders';

const createOrder: Operation = {
  method: 'POST',
  path: PATH,
  duplicate: [400, 'Order already exists for this request_id'],
};

/** Orders: requests to collect one payment. */
@Injectable()
@Named('OrdersService')
export class OrdersService {
  readonly #client: GatewayClient;
  readonly #orders: Resource<Order, OrderFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#orders = new Resource(client, {
      kind: 'order',
      path: PATH,
      decode: orderShape.decode,
      filter: OrderFilterDto,
    });
  }

  /**
   * Opens an order at the gateway and returns it as the gateway recorded it.
   *
   * With a `requestId` calling twice opens one order and gives it back with `replayed: true`;
   * without it, two.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, and has no order under the `requestId`; nothing was
   *   opened.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; an order may be open. Call again with
   *   the same `requestId`, or list by it.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to an order of another amount,
   *   currency or customer.
   */
  async create(
    order: CreateOrderInput | CreateOrderDto,
    options?: RequestOptions,
  ): Promise<CreatedOrder> {
    const body = toWire(CreateOrderDto, 'order', order);
    return this.#client.createOnce({
      call: {
        operation: createOrder,
        body,
        requestId: requestIdOf(body),
        secrets: accountSecrets(body['bank_account_details']),
        decode: (answer): CreatedOrder => ({ ...orderShape.decode(answer), replayed: false }),
        options,
      },
      lookUp: (requestId, look) => this.#orders.list({ requestId }, look),
      // A quote brings its own amount, and nothing was asked for then.
      differing: (found) =>
        differences([
          ['customerId', body['customer_id'], found.customerId],
          ['amount', body['amount'], found.amount],
          ['currency', body['currency'], found.currency],
        ]),
      replay: (found) => ({ ...found, replayed: true }),
    });
  }

  /** Fetches an order. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'order'>, options?: RequestOptions): Promise<Order> {
    return this.#orders.get(id, options);
  }

  /** One page of the orders that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: OrderFilterInput = {}, options?: RequestOptions): Promise<Page<Order>> {
    return this.#orders.list(filter, options);
  }

  /**
   * Every order that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: OrderFilterInput = {}, options?: RequestOptions): AsyncGenerator<Order> {
    return this.#orders.listAll(filter, options);
  }

  /**
   * Hands in the documents that an order in `action_required` waits for; upload them first. Its
   * `rfiDocuments` say which are wanted, and one call answers all of them. Afterwards it is `under_review`,
   * then `active` or `failed`; compliance may also ask again.
   *
   * It may be sent more than once, which changes nothing. When no answer of the gateway came back, the
   * order is fetched, and given back if it waits no more; nobody can tell then whether it was these
   * documents, or whether it has ever waited.
   *
   * @throws {GlomopayValidationError} the answers break a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused: an answer is missing or not asked for, or the order
   *   does not wait (any more).
   * @throws {GlomopayOutcomeUnknownError} no usable answer; fetch the order and look at its `status`.
   */
  async submitRfi(
    id: IdText<'order'>,
    answers: readonly RfiAnswer[],
    options?: RequestOptions,
  ): Promise<Order> {
    return this.#orders.change(
      id,
      {
        ...handingIn('update-rfi', answers),
        advice: 'Fetch the order and look at its status before you answer again.',
      },
      options,
    );
  }
}
