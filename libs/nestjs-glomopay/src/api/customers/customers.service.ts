import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import { listAll } from '../../http/list-all.js';
import { listPage } from '../../http/list-page.js';
import type { RequestOptions } from '../../http/request-options.js';
import { answerAbout } from '../../wire/answer-about.js';
import { checkedId } from '../../wire/checked-id.js';
import { decodePage, type Page } from '../../wire/page.js';
import { toQuery, toWire } from '../../wire/to-wire.js';
import { CreateCustomerDto, type CreateCustomerInput } from './create-customer.dto.js';
import { CustomerFilterDto, type CustomerFilterInput } from './customer-filter.dto.js';
import { customerShape, type Customer } from './customer.js';
import { UpdateCustomerDto, type UpdateCustomerInput } from './update-customer.dto.js';

const PATH = '/api/v1/customer';

/** Payers. Every order needs one; make a customer once per payer and keep its id. */
@Injectable()
@Named('CustomersService')
export class CustomersService {
  readonly #client: GatewayClient;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
  }

  /**
   * Makes a customer. The gateway has no `request_id` here: the e-mail is unique per country, and a
   * second create with it is refused (400), so look the customer up by e-mail then.
   *
   * @throws {GlomopayApiError} the gateway refused; nothing was made.
   * @throws {GlomopayOutcomeUnknownError} no answer came back; list by e-mail before calling again.
   */
  async create(customer: CreateCustomerInput, options?: RequestOptions): Promise<Customer> {
    return this.#client.call({
      operation: { method: 'POST', path: PATH },
      body: toWire(CreateCustomerDto, 'customer', customer),
      decode: customerShape.decode,
      options,
    });
  }

  /** Fetches a customer. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: string, options?: RequestOptions): Promise<Customer> {
    return this.#client.call({
      operation: { method: 'GET', path: `${PATH}/{id}` },
      id: checkedId('customer', id),
      decode: answerAbout('customer', id, customerShape.decode),
      options,
    });
  }

  /** One page of the customers that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: CustomerFilterInput = {}, options?: RequestOptions): Promise<Page<Customer>> {
    return listPage(this.#client, {
      operation: { method: 'GET', path: PATH },
      query: toQuery(CustomerFilterDto, filter),
      decode: (body) => decodePage(body, customerShape.decode),
      options,
    });
  }

  /**
   * Every customer that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: CustomerFilterInput = {}, options?: RequestOptions): AsyncGenerator<Customer> {
    return listAll((page) => this.list({ ...filter, page }, options), filter.page);
  }

  /** Changes e-mail or phone; nothing else of a customer ever changes. */
  async update(
    id: string,
    changes: UpdateCustomerInput,
    options?: RequestOptions,
  ): Promise<Customer> {
    return this.#client.call({
      operation: { method: 'PATCH', path: `${PATH}/{id}` },
      id: checkedId('customer', id),
      body: toWire(UpdateCustomerDto, 'change of a customer', changes),
      decode: answerAbout('customer', id, customerShape.decode),
      options,
    });
  }
}
