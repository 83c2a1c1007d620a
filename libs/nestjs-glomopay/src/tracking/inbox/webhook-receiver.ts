import { Inject, Injectable } from '@nestjs/common';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { GlomopaySignatureError } from '../../errors/signature.error.js';
import { RefusalLog } from '../../signing/refusal-log.js';
import { RAW_BODY_ADVICE } from '../../webhooks/webhook-request.js';
import { GLOMOPAY_TRACKED_INBOX } from '../tracking.tokens.js';
import type { ReadBody } from './read-body.js';
import { webhookAnswers, type WebhookAnswer } from './webhook-answer.js';
import type { WebhookInbox } from './webhook-inbox.js';

/** Answers deliveries of the ready-made route. Never throws, and says nothing of what was sent. */
@Injectable()
export class WebhookReceiver {
  readonly #inbox: WebhookInbox;
  readonly #refusals = new RefusalLog('webhook');

  constructor(@Inject(GLOMOPAY_TRACKED_INBOX) inbox: WebhookInbox) {
    this.#inbox = inbox;
  }

  /** @param body Undefined: something of the host has read the body and kept no copy of the bytes. */
  async receive(body: ReadBody | undefined, signature: unknown): Promise<WebhookAnswer> {
    if (body === undefined) {
      this.#refusals.countUnverifiable(RAW_BODY_ADVICE);
      return webhookAnswers.unready;
    }
    if (typeof body === 'string') return webhookAnswers[body];
    try {
      const { duplicate } = await this.#inbox.receive(body, signature);
      return { status: 200, body: { message: duplicate ? 'known already' : 'received' } };
    } catch (thrown) {
      return this.#refusal(thrown);
    }
  }

  #refusal(thrown: unknown): WebhookAnswer {
    if (thrown instanceof GlomopaySignatureError) {
      this.#refusals.count(thrown.reason);
      return webhookAnswers[thrown.reason];
    }
    if (thrown instanceof GlomopayConfigurationError) {
      this.#refusals.countUnverifiable(thrown.faults.join('; '));
      return webhookAnswers.unready;
    }
    this.#refusals.countUnstored();
    return webhookAnswers.not_stored;
  }
}
