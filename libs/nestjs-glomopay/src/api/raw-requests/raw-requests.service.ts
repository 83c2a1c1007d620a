import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { RequestOptions } from '../../http/request-options.js';
import { requestIdOf } from '../../wire/request-id.js';
import { personalOf } from './raw-personal.js';
import { checkedRequest, type RawRequest } from './raw-request.js';

/** Calls of the gateway that this library has no method for. */
@Injectable()
@Named('RawRequestsService')
export class RawRequestsService {
  readonly #client: GatewayClient;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
  }

  /**
   * Asks the gateway and gives the body of its answer as it is, undefined where there is none: nothing of
   * it is checked, so read it as you would read what a stranger sent. Key, limits, retries and errors are
   * those of every other call.
   *
   * A GET changes nothing and may be sent again. **Anything else is never sent again once it may have
   * arrived**, also with a `request_id` in its body: calling twice does it twice, unless the gateway knows
   * better. Of a path logs, spans and errors show its words alone, and `{id}` for the rest; query and body
   * are shown nowhere, and the numbers of bank accounts and of taxpayers in them not in the gateway's own
   * words either.
   *
   * Cards never pass here. A body or a query is refused before anything is sent where a member is named as
   * a card, its number or its security code, however deep, and where a text or a number looks like a whole
   * card number (length and beginning of a network, check digit), whatever its name; members of bank
   * accounts (`account_number`, `iban`) aside, whose numbers may look so by chance. The gateway's own test
   * cards have wrong check digits. Payments with cards go through `PaymentsService`, which knows what to
   * mask. Where
   * there is a method for a call, use it: it knows how the gateway recognises a repeat.
   *
   * @throws {GlomopayValidationError} the path is not plain, the body not plain JSON, or there is a card
   *   in body or query; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; nothing was done.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; it may have been done. Find out before you
   *   call again.
   * @example
   * await raw.send({ method: 'GET', path: '/api/v1/mid_market_rate', query: { currency: 'USD' } });
   */
  async send(request: RawRequest, options?: RequestOptions): Promise<unknown> {
    const { method, path, query, body } = checkedRequest(request);
    return this.#client.call({
      operation: { method, path: path.template },
      ids: path.places,
      isSubjectHidden: true,
      query,
      body,
      requestId: body === undefined ? undefined : requestIdOf(body),
      secrets: personalOf([query, body]),
      decode: (answer) => answer,
      options,
    });
  }
}
