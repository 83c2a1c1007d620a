import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
import { CreatePriceDto, type CreatePriceInput } from './create-price.dto.js';
import { priceShape, type Price } from './price.js';

const PATH = '/api/v1/prices';

const createPrice: Operation = {
  method: 'POST',
  path: PATH,
  advice: 'List the prices created since {since} before you call again: one may have been made.',
};

/** Prices: the referral fees of a platform account. */
@Injectable()
@Named('PricesService')
export class PricesService {
  readonly #client: GatewayClient;
  readonly #prices: Resource<Price, ListFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#prices = new Resource(client, {
      kind: 'price',
      path: PATH,
      decode: priceShape.decode,
      filter: ListFilterDto,
    });
  }

  /**
   * Makes a price. The first one of an account becomes its default in any case.
   *
   * Calling twice makes two, so a request that may have arrived is never sent again. A price that
   * nothing names charges nothing, unless it is the default.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; nothing was made.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; a price may have been made. List the prices
   *   before you call again.
   */
  async create(price: CreatePriceInput | CreatePriceDto, options?: RequestOptions): Promise<Price> {
    return this.#client.call({
      operation: createPrice,
      body: toWire(CreatePriceDto, 'price', price),
      decode: priceShape.decode,
      options,
    });
  }

  /** Fetches a price. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'price'>, options?: RequestOptions): Promise<Price> {
    return this.#prices.get(id, options);
  }

  /** One page of the prices, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: ListFilterInput = {}, options?: RequestOptions): Promise<Page<Price>> {
    return this.#prices.list(filter, options);
  }

  /**
   * Every price, fetched page by page as they are consumed. One that cannot be read is left out with a
   * warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: ListFilterInput = {}, options?: RequestOptions): AsyncGenerator<Price> {
    return this.#prices.listAll(filter, options);
  }
}
