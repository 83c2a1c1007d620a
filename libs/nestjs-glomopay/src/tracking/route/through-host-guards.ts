import { HttpException } from '@nestjs/common';
import { ExternalContextCreator } from '@nestjs/core';
import { refusal, type WebhookAnswer } from './webhook-answer.js';

/** Receives what a request brings. */
export type Receive = () => Promise<WebhookAnswer>;

/**
 * Lets a delivery pass the host's global guards, interceptors and filters on its way to the inbox, as
 * a route handler that carries the given decorators.
 */
export class ThroughHostGuards {
  readonly #run: (request: object, response: object, receive: () => Promise<void>) => unknown;

  constructor(contexts: ExternalContextCreator, decorators: readonly MethodDecorator[]) {
    const handler = handlerWith(decorators);
    this.#run = contexts.create(new handler(), handler.prototype.receive, 'receive');
  }

  /**
   * The answer to a delivery. What a guard refuses is refused in its words; when an interceptor keeps
   * the delivery from the inbox it was not stored, whatever else it says. Undefined: a filter of the
   * host has answered already.
   */
  async answer(
    request: object,
    response: object,
    receive: Receive,
    isAnswered: () => boolean,
  ): Promise<WebhookAnswer | undefined> {
    let answer: WebhookAnswer | undefined;
    try {
      await this.#run(request, response, async () => {
        answer = await receive();
      });
    } catch (thrown) {
      if (!isAnswered()) return refusalOf(thrown);
    }
    return isAnswered() ? undefined : (answer ?? refusal('kept_out'));
  }
}

/** A class of its own per registration: decorators of one account's route are none of another's. */
function handlerWith(decorators: readonly MethodDecorator[]) {
  class GlomopayWebhook {
    async receive(_request: unknown, _response: unknown, receive: unknown): Promise<void> {
      if (typeof receive === 'function') await receive();
    }
  }
  const { prototype } = GlomopayWebhook;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'receive') ?? {};
  for (const decorate of decorators) decorate(prototype, 'receive', descriptor);
  return GlomopayWebhook;
}

function refusalOf(thrown: unknown): WebhookAnswer {
  if (!(thrown instanceof HttpException)) return refusal('kept_out');
  return { status: thrown.getStatus(), message: thrown.message };
}
