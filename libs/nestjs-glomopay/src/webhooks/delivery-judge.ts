import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import {
  publishWebhook,
  webhookChannel,
  type WebhookResult,
} from '../diagnostics/webhook-message.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { RefusalLog } from '../signing/refusal-log.js';
import type { DeliveryFault } from './delivery-answers.js';
import type { GlomopayEvent } from './glomopay-event.js';

/** A delivery whose event was handed to a route of the host: what became of it is told at its end. */
interface OpenDelivery {
  result: WebhookResult;
  isStored: boolean;
  isTold: boolean;
}

/** By event, in every judge of the process: the guard opens what an inbox concludes. */
const open = new WeakMap<GlomopayEvent, OpenDelivery>();

/**
 * Where every way in (the guard, the ready-made route, the inbox) says what became of a delivery:
 * counted and logged once, and published once on `nestjs-glomopay:webhook`.
 */
@Injectable()
export class DeliveryJudge {
  readonly #log = new RefusalLog('webhook');

  /**
   * Runs the verification of a body. What it throws is counted as a refusal, and thrown on; but what no
   * known secret has signed is verified again where the verifier's provider has other secrets. Only
   * then there is something to wait for.
   */
  verify(
    account: string,
    body: unknown,
    verification: () => void,
    newSecrets: () => Promise<boolean> | undefined,
  ): Promise<void> | undefined {
    try {
      verification();
      return undefined;
    } catch (thrown) {
      const isMismatch = thrown instanceof GlomopaySignatureError && thrown.reason === 'mismatch';
      const news = isMismatch ? newSecrets() : undefined;
      if (news === undefined) throw this.#counted(account, body, thrown);
      return this.#verifiedAgain(account, body, verification, news, thrown);
    }
  }

  async #verifiedAgain(
    account: string,
    body: unknown,
    verification: () => void,
    news: Promise<boolean>,
    mismatch: unknown,
  ): Promise<void> {
    if (!(await news)) throw this.#counted(account, body, mismatch);
    try {
      verification();
    } catch (thrown) {
      throw this.#counted(account, body, thrown);
    }
  }

  /** What was thrown, after it was counted. */
  #counted(account: string, body: unknown, thrown: unknown): unknown {
    if (thrown instanceof GlomopaySignatureError) {
      // Of a text it is said what may have become of its bytes: that is for the operator to mend.
      this.#log.count(thrown.reason, typeof body === 'string' ? thrown.detail : undefined);
      publishWebhook({ account, result: 'refused', reason: thrown.reason });
    } else if (thrown instanceof GlomopayConfigurationError) {
      this.refuseUnready(account, thrown.faults.join('; '));
    }
    return thrown;
  }

  /** A delivery that ends before there is anything to verify. */
  refuse(account: string, reason: Exclude<DeliveryFault, 'setup' | 'not_stored'>): void {
    if (reason === 'kept_out') this.#log.countKeptOut();
    else this.#log.count(reason);
    publishWebhook({ account, result: 'refused', reason });
  }

  /** A delivery that this application cannot verify; the advice is for its operator. */
  refuseUnready(account: string, advice: string): void {
    this.#log.countUnverifiable(advice);
    publishWebhook({ account, result: 'refused', reason: 'setup' });
  }

  /**
   * A verified event goes to a route of the host. The route may still store it: so it is told when
   * the response has ended, in the context of its request.
   *
   * @param unreadable What keeps the event from being read, in words of ours.
   */
  pass(account: string, event: GlomopayEvent, response: unknown, unreadable?: string): void {
    if (unreadable !== undefined) this.#log.countUnreadable(unreadable);
    if (!webhookChannel.hasSubscribers) return;
    const delivery: OpenDelivery = { result: 'accepted', isStored: false, isTold: false };
    open.set(event, delivery);
    const tell = (): void => {
      const { result } = delivery;
      delivery.isTold = true;
      publishWebhook({ account, result, type: unreadable === undefined ? event.type : undefined });
    };
    const closing = closingOf(response);
    if (closing === undefined) tell();
    else closing.once('close', AsyncResource.bind(tell));
  }

  /** What the store said of an authentic delivery; with its event, when a route of the host took it. */
  conclude(
    account: string,
    result: Exclude<WebhookResult, 'refused'>,
    event?: GlomopayEvent,
  ): void {
    if (result === 'not_stored') this.#log.countUnstored();
    const delivery = event === undefined ? undefined : open.get(event);
    if (delivery === undefined) publishWebhook({ account, result, type: event?.type });
    // A route that tries twice has delivered once: what was stored is not stored again.
    else if (!delivery.isStored && !delivery.isTold) {
      delivery.result = result;
      delivery.isStored = result !== 'not_stored';
    }
  }
}

/** What tells that a response has ended, Express' own or the one under Fastify's; undefined: it has. */
function closingOf(response: unknown): EventEmitter | undefined {
  if (typeof response !== 'object' || response === null) return undefined;
  const raw: unknown = Reflect.get(response, 'raw') ?? response;
  return raw instanceof EventEmitter && Reflect.get(raw, 'closed') !== true ? raw : undefined;
}
