import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../time/clock.js';
import { RoutePattern } from './route-pattern.js';

/** One request that reached the sandbox. Headers, queries and bodies are never kept. */
export interface RequestRecord {
  readonly method: string;
  /** The path as it was called, without query; long runs of digits are masked. */
  readonly path: string;
  /** The route's template in the spelling of the server, e.g. `/api/v1/payments/:id`, when one matched. */
  readonly route: string | undefined;
  /** The status that was sent, or `null` when the connection ended without an answer. */
  readonly status: number | null;
  /** Milliseconds since the Unix epoch. */
  readonly receivedAt: number;
}

const CAPACITY = 100_000;

/** What arrived, so that a test can count it. The control routes and the page at `/` are left out. */
export class RequestLog {
  readonly #records = new Set<Writable<RequestRecord>>();
  readonly #open = new WeakMap<FastifyRequest, Writable<RequestRecord>>();

  list(): RequestRecord[] {
    return [...this.#records];
  }

  /** How many requests fit a pattern such as `POST /api/v1/payments` or `GET /api/v1/orders/{id}`. */
  count(pattern: string): number {
    const route = RoutePattern.parse(pattern);
    return this.list().filter(({ method, path }) => route.matches(method, path)).length;
  }

  clear(): void {
    this.#records.clear();
  }

  /** @internal */
  arrived(request: FastifyRequest, receivedAt: number): void {
    const [path = ''] = request.url.split('?');
    if (!/^\/(api|3ds)(\/|$)/.test(path)) return;
    const record = {
      method: request.method,
      path: path.replaceAll(/\d{12,}/g, (digits) => '*'.repeat(digits.length)),
      route: request.routeOptions.url,
      status: null,
      receivedAt,
    };
    this.#open.set(request, record);
    this.#records.add(record);
    const [oldest] = this.#records;
    if (this.#records.size > CAPACITY && oldest) this.#records.delete(oldest);
  }

  /** @internal */
  answered(request: FastifyRequest, status: number): void {
    const record = this.#open.get(request);
    if (record) record.status = status;
  }
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Records requests on arrival. To be added before anything that may refuse or drop them. */
export function logArrivals(app: FastifyInstance, log: RequestLog, clock: Clock): void {
  app.addHook('onRequest', async (request) => log.arrived(request, clock.now()));
}

/** Records the status of answers. To be added after anything that may drop them. */
export function logAnswers(app: FastifyInstance, log: RequestLog): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.raw.socket.destroyed) log.answered(request, reply.statusCode);
    return payload;
  });
}
