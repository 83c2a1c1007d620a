import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DeliveryAttempt } from './webhook-delivery.js';
import { SIGNATURE_HEADER } from './webhook-signature.js';

/** What one attempt sends. */
export interface Letter {
  readonly url: string;
  readonly body: string;
  readonly signature: string;
}

/** How an attempt ended. */
export type Receipt = Omit<DeliveryAttempt, 'attemptedAt'>;

/** Posts webhooks. Redirects are not followed; each attempt has a connection of its own. */
export class WebhookSender {
  readonly #open = new Set<ClientRequest>();

  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Resolves in any case, at the latest when the time is up: the whole answer must be in. */
  async send(letter: Letter): Promise<Receipt> {
    const request = open(letter);
    this.#open.add(request);
    try {
      return await receipt(request, letter.body, this.#timeoutMs);
    } finally {
      this.#open.delete(request);
    }
  }

  /** Ends what is under way. */
  stop(): void {
    for (const request of this.#open) request.destroy();
  }
}

function open({ url, body, signature }: Letter): ClientRequest {
  const request = url.toLowerCase().startsWith('https:') ? httpsRequest : httpRequest;
  return request(url, {
    method: 'POST',
    agent: false,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'glomopay-sandbox',
      [SIGNATURE_HEADER]: signature,
    },
  });
}

function receipt(request: ClientRequest, body: string, timeoutMs: number): Promise<Receipt> {
  return new Promise((resolve) => {
    let outcome: Receipt = { status: null, failure: 'connection' };
    const timer = setTimeout(() => {
      outcome = { status: null, failure: 'timeout' };
      request.destroy();
    }, timeoutMs);
    request.on('response', (response) => {
      const { statusCode: status = 0 } = response;
      response.on('error', () => undefined);
      response.on('end', () => {
        outcome = { status, failure: status === 200 ? null : 'status' };
      });
      response.resume();
    });
    request.on('error', () => undefined);
    request.on('close', () => {
      clearTimeout(timer);
      resolve(outcome);
    });
    request.end(body);
  });
}
