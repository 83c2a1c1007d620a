import { inspect } from 'node:util';
import type { HttpMethod } from '../values/http-method.js';

/** What one attempt sends. */
export interface ExchangeRequest {
  readonly method: HttpMethod;
  /** Path and query, built from checked parts. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as bytes, or a form. */
  readonly body: Buffer | Blob | undefined;
  /** Longest duration of this attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What came back: status, the headers we read, and the body as it was. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
}

/**
 * One attempt on its way through axios. The key and the card's JSON are in private fields, so
 * neither the axios config, nor an interceptor, nor a printed response shows them; the adapter is
 * the only reader.
 */
export class Exchange {
  readonly #request: ExchangeRequest;

  constructor(request: ExchangeRequest) {
    this.#request = request;
  }

  /** The request. For the adapter. */
  open(): ExchangeRequest {
    return this.#request;
  }

  [inspect.custom](): string {
    return `Exchange { ${this.#request.method} }`;
  }
}
