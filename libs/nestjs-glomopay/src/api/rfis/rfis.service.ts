import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import { decodeInferredPage, type Page } from '../../wire/page.js';
import type { RfiAnswer } from '../parts/rfi-answer.js';
import { rfiResponse } from '../parts/rfi-response.dto.js';
import { RfiFilterDto, type RfiFilterInput } from './rfi-filter.dto.js';
import { rfiShape, type Rfi } from './rfi.js';

/**
 * Requests for information: compliance asks for documents about a payment that has succeeded, or about a
 * payout, and holds the money until they are there. What an order waits for is on the order itself.
 */
@Injectable()
@Named('RfisService')
export class RfisService {
  readonly #rfis: Resource<Rfi, RfiFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#rfis = new Resource(client, {
      kind: 'rfi',
      path: '/api/v1/rfis',
      decode: rfiShape.decode,
      filter: RfiFilterDto,
      page: decodeInferredPage,
    });
  }

  /** Fetches a request. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'rfi'>, options?: RequestOptions): Promise<Rfi> {
    return this.#rfis.get(id, options);
  }

  /** One page of the requests, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: RfiFilterInput = {}, options?: RequestOptions): Promise<Page<Rfi>> {
    return this.#rfis.list(filter, options);
  }

  /**
   * Every request, fetched page by page as they are consumed. One that cannot be read is left out with a
   * warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: RfiFilterInput = {}, options?: RequestOptions): AsyncGenerator<Rfi> {
    return this.#rfis.listAll(filter, options);
  }

  /**
   * Answers a request, with one call for everything that it asks for; upload the documents first. It is
   * `under_review` then, and compliance may ask again under the same id.
   *
   * It may be sent more than once, which changes nothing: a request takes one answer. When no answer of
   * the gateway came back, the request is fetched, and is given back if it is `under_review` or `closed`:
   * it comes there by an answer, be it this one or an earlier one. An `expired` one had none in time. A
   * request that also has `fields` (under `raw`) asks for more than documents, in a form that is not
   * documented.
   *
   * @throws {GlomopayValidationError} the answers break a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused: an answer is missing or not asked for, or the request
   *   waits for none (any more).
   * @throws {GlomopayOutcomeUnknownError} no usable answer; fetch the request and look at its `status`.
   */
  async respond(
    id: IdText<'rfi'>,
    answers: readonly RfiAnswer[],
    options?: RequestOptions,
  ): Promise<Rfi> {
    return this.#rfis.change(
      id,
      {
        action: 'respond',
        body: rfiResponse(answers),
        fetched: true,
        reached: ({ status }) => isAnswered(status),
        advice: 'Fetch the request and look at its status before you answer again.',
      },
      options,
    );
  }
}

/** INFERRED: a request is closed after the review of an answer, never without one. */
function isAnswered(status: Rfi['status']): boolean {
  return status === 'under_review' || status === 'closed';
}
