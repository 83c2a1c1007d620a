import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import type { Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
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
  readonly #customers: Resource<Customer, CustomerFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#customers = new Resource(client, {
      kind: 'customer',
      path: PATH,
      decode: customerShape.decode,
      filter: CustomerFilterDto,
    });
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
  async get(id: IdText<'customer'>, options?: RequestOptions): Promise<Customer> {
    return this.#customers.get(id, options);
  }

  /** One page of the customers that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: CustomerFilterInput = {}, options?: RequestOptions): Promise<Page<Customer>> {
    return this.#customers.list(filter, options);
  }

  /**
   * Every customer that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: CustomerFilterInput = {}, options?: RequestOptions): AsyncGenerator<Customer> {
    return this.#customers.listAll(filter, options);
  }

  /**
   * Changes e-mail or phone; nothing else of a customer ever changes. It is never sent twice: when the
   * answer got lost, the customer is fetched, and given back if it shows the change.
   *
   * @throws {GlomopayApiError} the gateway refused; nothing was changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and the customer does not show the
   *   change, or could not be fetched; it may still be changed.
   */
  async update(
    id: IdText<'customer'>,
    changes: UpdateCustomerInput,
    options?: RequestOptions,
  ): Promise<Customer> {
    return this.#customers.change(id, UpdateCustomerDto, changes, options);
  }
}
