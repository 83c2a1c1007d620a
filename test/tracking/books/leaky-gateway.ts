import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GlomopaySandbox } from 'glomopay-sandbox';
import type { Dice } from './dice.js';

/** What may go wrong on the way to the gateway. */
interface Leaks {
  /** Of requests, how many go wrong: 0 to 1. */
  share: number;
  /** Whether lists know no filter but those of time and the `request_id`. */
  ignoresFilters: boolean;
  /** Whether lists lack what is younger than a minute. */
  lags: boolean;
}

type Trouble = 'lost' | 'unanswered' | 'broken' | 'failed' | 'limited';
const troubles: readonly Trouble[] = ['lost', 'unanswered', 'broken', 'failed', 'limited'];
const KNOWN: readonly string[] = ['page', 'per_page', 'before', 'after', 'request_id'];
const LAG_MS = 60_000;

/** A way to a sandbox on which requests and answers get lost, and lists tell less than there is. */
export class LeakyGateway {
  readonly leaks: Leaks = { share: 0, ignoresFilters: false, lags: false };
  readonly #sandbox: GlomopaySandbox;
  readonly #dice: Dice;
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });

  constructor(sandbox: GlomopaySandbox, dice: Dice) {
    this.#sandbox = sandbox;
    this.#dice = dice;
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const trouble = this.#dice.chance(this.leaks.share) ? this.#dice.pick(troubles) : undefined;
    if (trouble === 'lost') return void request.socket.destroy();
    if (trouble === 'failed') return answer(response, 503, { error: 'Service Unavailable' });
    if (trouble === 'limited') return answer(response, 429, { message: 'Too many requests' });
    const { method = 'GET', headers } = request;
    const { host: _, connection: __, 'content-length': ___, ...sent } = headers;
    const answered = await fetch(this.#target(request), {
      method,
      headers: Object.entries(sent).map(([name, value]): [string, string] => [name, String(value)]),
      ...(method !== 'GET' && { body }),
    });
    const text = await answered.text();
    if (trouble === 'unanswered') return void request.socket.destroy();
    if (trouble === 'broken') return void response.writeHead(answered.status).end(text.slice(0, 9));
    answer(response, answered.status, this.#without(JSON.parse(text)));
  }

  #target({ method, url = '/' }: IncomingMessage): URL {
    const target = new URL(url, this.#sandbox.url);
    if (method === 'GET' && this.leaks.ignoresFilters) {
      const known = [...target.searchParams].filter(([name]) => KNOWN.includes(name));
      target.search = new URLSearchParams(known).toString();
    }
    return target;
  }

  /** A list as it was a minute ago. */
  #without(body: unknown): unknown {
    if (!this.leaks.lags || !isList(body)) return body;
    const youngest = this.#sandbox.clock.now() - LAG_MS;
    const data = body.data.filter(({ created_at: at }) => Date.parse(at) <= youngest);
    const hidden = body.data.length - data.length;
    return { data, page_meta: { ...body.page_meta, count: body.page_meta.count - hidden } };
  }
}

interface List {
  readonly data: readonly { readonly created_at: string }[];
  readonly page_meta: { readonly count: number };
}

function isList(body: unknown): body is List {
  return typeof body === 'object' && body !== null && 'page_meta' in body && 'data' in body;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
