import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
import { conversionShape, type BalanceConversion } from './balance-conversion.js';
import { balancesShape, type Balances } from './balances.js';
import { ConversionFilterDto, type ConversionFilterInput } from './conversion-filter.dto.js';
import { ConvertBalanceDto, type ConvertBalanceInput } from './convert-balance.dto.js';

const CONVERSIONS = '/api/v1/balance_conversions';

const getBalances: Operation = { method: 'GET', path: '/api/v1/balances' };

/** The gateway knows no repeat of it: it would convert again. */
const createConversion: Operation = {
  method: 'POST',
  path: CONVERSIONS,
  advice:
    'It was not sent again: it would convert twice. List conversions with `after: {since}` before you convert again.',
};

/** The account's money, and changing it from one currency into another. */
@Injectable()
@Named('BalancesService')
export class BalancesService {
  readonly #client: GatewayClient;
  readonly #conversions: Resource<BalanceConversion, ConversionFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#conversions = new Resource(client, {
      kind: 'conversion',
      path: CONVERSIONS,
      decode: conversionShape.decode,
      filter: ConversionFilterDto,
    });
  }

  /**
   * What there is of every currency, in minor units. It is what the gateway knows at this moment: by the
   * time you act on it, something else may have taken from it.
   *
   * @throws {GlomopayResponseMalformedError} an amount cannot be read; none is left out silently.
   */
  async get(options?: RequestOptions): Promise<Balances> {
    return this.#client.call({ operation: getBalances, decode: balancesShape.decode, options });
  }

  /**
   * Changes money of the balance into another currency, at the gateway's rate less its fees: so much of
   * the one (`sourceAmount`), or as much as makes so much of the other (`targetAmount`). The rate is not
   * known before; the answer says what was taken and what came of it.
   *
   * **Calling twice converts twice.** A request that may have arrived is never sent again. A conversion
   * that the gateway took and that failed is an answer with that `status`, no error; while it is
   * `pending`, list it again.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, such as for too small a balance; nothing was converted.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; it may be converted. Its `advice` names the
   *   time since which to {@link listConversions} before you convert again.
   */
  async convert(
    conversion: ConvertBalanceInput | ConvertBalanceDto,
    options?: RequestOptions,
  ): Promise<BalanceConversion> {
    return this.#client.call({
      operation: createConversion,
      body: toWire(ConvertBalanceDto, 'conversion', conversion),
      decode: conversionShape.decode,
      options,
    });
  }

  /** One page of the conversions that match, newest first. One that cannot be read is under `unreadable`. */
  async listConversions(
    filter: ConversionFilterInput = {},
    options?: RequestOptions,
  ): Promise<Page<BalanceConversion>> {
    return this.#conversions.list(filter, options);
  }

  /**
   * Every conversion that matches, fetched page by page as they are consumed. One that cannot be read is
   * left out with a warning in the log; {@link listConversions} gives it under `unreadable`.
   */
  listAllConversions(
    filter: ConversionFilterInput = {},
    options?: RequestOptions,
  ): AsyncGenerator<BalanceConversion> {
    return this.#conversions.listAll(filter, options);
  }
}
