import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { toWire } from '../../wire/to-wire.js';
import { listOf } from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';
import { CreateQuoteDto, type CreateQuoteInput } from './create-quote.dto.js';
import { quoteShape, type Quote } from './quote.js';

const createQuote: Operation = { method: 'POST', path: '/api/v1/quotes', repeat: 'nothing' };

const quotes = listOf(quoteShape.decode);

/** Quotes: rate, fees and amounts, locked for half an hour. */
@Injectable()
@Named('QuotesService')
export class QuotesService {
  readonly #client: GatewayClient;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
  }

  /**
   * Asks for quotes. A payin gets one; a payout gets one for each rail that fits, of which you take one:
   * an empty list means that none does. Each is good for one order, payment link or payout, which takes
   * its `id` as `quoteId`, until `expiresAt`; there is no way to fetch one again.
   *
   * No money moves and nothing is reserved, so it may be sent more than once: a quote that nobody uses
   * expires.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, as for a currency without a local rail.
   * @throws {GlomopayResponseMalformedError} a quote without its amounts, currencies or expiry.
   */
  async create(
    quote: CreateQuoteInput | CreateQuoteDto,
    options?: RequestOptions,
  ): Promise<readonly Quote[]> {
    return this.#client.call({
      operation: createQuote,
      body: toWire(CreateQuoteDto, 'quote', quote),
      decode: (answer) => new WireObject('answer', answer).read('quotes', quotes),
      options,
    });
  }
}
