import { Inject, Injectable, Logger } from '@nestjs/common';
import { isGlomopayError } from '../../errors/glomopay.error.js';
import { GlomopaySignatureError } from '../../errors/signature.error.js';
import { RefusalLog } from '../../signing/refusal-log.js';
import { GLOMOPAY_TRACKED_INBOX } from '../tracking.tokens.js';
import type { ReadBody } from './read-body.js';
import { webhookAnswers, type WebhookAnswer } from './webhook-answer.js';
import type { WebhookInbox } from './webhook-inbox.js';

const QUIET_MS = 1_000;

/** Answers deliveries of the ready-made route. Never throws, and says nothing of what was sent. */
@Injectable()
export class WebhookReceiver {
  readonly #logger = new Logger('Glomopay');
  readonly #inbox: WebhookInbox;
  readonly #refusals = new RefusalLog('webhook');
  #spokenAt = -Infinity;

  constructor(@Inject(GLOMOPAY_TRACKED_INBOX) inbox: WebhookInbox) {
    this.#inbox = inbox;
  }

  /** @param body Undefined: something of the host has read the body and kept no copy of the bytes. */
  async receive(body: ReadBody | undefined, signature: unknown): Promise<WebhookAnswer> {
    if (body === undefined) {
      this.#complain(
        'a webhook arrived without its raw body; create the application with NestFactory.create(AppModule, { rawBody: true })',
      );
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
    this.#complain(isGlomopayError(thrown) ? thrown.message : 'a webhook event was not stored');
    return isGlomopayError(thrown) && thrown.code === 'GLOMOPAY_CONFIGURATION'
      ? webhookAnswers.unready
      : webhookAnswers.not_stored;
  }

  /** At most once a second, whoever sends what. */
  #complain(text: string): void {
    if (performance.now() - this.#spokenAt < QUIET_MS) return;
    this.#spokenAt = performance.now();
    this.#logger.error(text);
  }
}
