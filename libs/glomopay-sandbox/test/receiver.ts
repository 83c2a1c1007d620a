import { afterEach } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** A webhook as it arrived. */
export interface Arrival {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a merchant's server answers: a status, or whatever it does to the response. */
export type Behaviour = number | ((response: ServerResponse, arrival: Arrival) => unknown);

/** A merchant's server that takes webhooks. */
export class Receiver {
  readonly arrivals: Arrival[] = [];
  /** Used up one by one; after that every webhook is answered 200. */
  readonly behaviours: Behaviour[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      const arrival = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      this.arrivals.push(arrival);
      const behaviour = this.behaviours.shift() ?? 200;
      if (typeof behaviour === 'number') response.writeHead(behaviour).end('{}');
      else behaviour(response, arrival);
    });
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/hooks`;
  }

  /** `payment.success` and the like, as they arrived. */
  get types(): string[] {
    return this.arrivals.map(({ body }) => {
      const { entity_type: entity, event_type: event } = JSON.parse(body);
      return `${entity}.${event}`;
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<unknown>((resolve) => this.#server.close(resolve));
  }
}

/** Starts receivers that stop with the test. */
export function useReceivers(): () => Promise<Receiver> {
  const running: Receiver[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((receiver) => receiver.stop()));
  });
  return async () => {
    const receiver = await Receiver.start();
    running.push(receiver);
    return receiver;
  };
}
