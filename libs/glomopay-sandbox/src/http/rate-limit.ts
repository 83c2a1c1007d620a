import type { FastifyInstance } from 'fastify';
import type { Clock } from '../time/clock.js';
import { GatewayError } from './gateway-error.js';

const MINUTE_MS = 60_000;

/**
 * Counts requests per source address in windows of one minute.
 *
 * The answer has neither `Retry-After` nor rate-limit headers: none are documented
 * (docs/gateway.md, Rate limit).
 */
export class RateLimit {
  readonly #counts = new Map<string, number>();
  #window = 0;

  readonly #perMinute: number;
  readonly #clock: Clock;

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** @throws {GatewayError} 429 above the limit. */
  count(address: string): void {
    const window = Math.floor(this.#clock.now() / MINUTE_MS);
    if (window !== this.#window) this.#counts.clear();
    this.#window = window;
    const count = (this.#counts.get(address) ?? 0) + 1;
    this.#counts.set(address, count);
    if (count > this.#perMinute) throw tooManyRequests();
  }
}

/** The gateway's 429: only `message`, whose text is INFERRED. */
export function tooManyRequests(): GatewayError {
  return new GatewayError(429, { message: 'Too many requests' });
}

export function limitRequests(app: FastifyInstance, limit: RateLimit): void {
  app.addHook('onRequest', async (request) => {
    limit.count(request.ip);
  });
}
