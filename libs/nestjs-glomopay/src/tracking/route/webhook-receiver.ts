import { Inject, Injectable } from '@nestjs/common';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { GlomopaySignatureError } from '../../errors/signature.error.js';
import type { DeliveryFault } from '../../webhooks/delivery-answers.js';
import { DeliveryJudge } from '../../webhooks/delivery-judge.js';
import { RAW_BODY_ADVICE, signatureOf } from '../../webhooks/webhook-request.js';
import { GLOMOPAY_TRACKED_INBOX, GLOMOPAY_TRACKING_ACCOUNT } from '../config/tracking.tokens.js';
import type { ReceivedBody } from './received-body.js';
import { acceptance, refusal, type WebhookAnswer } from './webhook-answer.js';
import type { WebhookInbox } from '../inbox/webhook-inbox.js';

/** Answers deliveries of the ready-made route. Never throws, and never repeats what was sent. */
@Injectable()
export class WebhookReceiver {
  readonly #inbox: WebhookInbox;
  readonly #judge: DeliveryJudge;
  readonly #account: string;

  constructor(
    @Inject(GLOMOPAY_TRACKED_INBOX) inbox: WebhookInbox,
    @Inject(DeliveryJudge) judge: DeliveryJudge,
    @Inject(GLOMOPAY_TRACKING_ACCOUNT) account: string,
  ) {
    this.#inbox = inbox;
    this.#judge = judge;
    this.#account = account;
  }

  /** @param body Undefined: something of the host has read the body and kept no copy of the bytes. */
  async receive(request: object, body: ReceivedBody | undefined): Promise<WebhookAnswer> {
    if (body === undefined) {
      this.#judge.refuseUnready(this.#account, RAW_BODY_ADVICE);
      return refusal('setup');
    }
    if ('fault' in body) {
      this.#judge.refuse(this.#account, body.fault);
      return refusal(body.fault);
    }
    try {
      const { duplicate } = await this.#inbox.receive(body.bytes, signatureOf(request));
      return acceptance(duplicate);
    } catch (thrown) {
      return refusal(faultOf(thrown));
    }
  }

  /** Something of the host has ended a delivery before it came here. */
  keptOut(): void {
    this.#judge.refuse(this.#account, 'kept_out');
  }
}

function faultOf(thrown: unknown): DeliveryFault {
  if (thrown instanceof GlomopaySignatureError) return thrown.reason;
  return thrown instanceof GlomopayConfigurationError ? 'setup' : 'not_stored';
}
