import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly json: unknown;
}

/** How the recorder answers: data to send, or a function that does what it likes with the socket. */
export type Reply =
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | ((request: RecordedRequest, response: ServerResponse) => void);

/** A gateway that writes down what arrives, and answers what it was told to. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  readonly #server: Server;
  readonly #queue: Reply[] = [];
  #always: Reply = { status: 500, body: { message: 'The test has set no answer' } };

  private constructor() {
    this.#server = createServer((incoming, response) => void this.#serve(incoming, response));
  }

  static async start(always?: Reply): Promise<Recorder> {
    const recorder = new Recorder();
    if (always !== undefined) recorder.#always = always;
    await new Promise<void>((resolve) => recorder.#server.listen(0, '127.0.0.1', () => resolve()));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers of the next requests, in order; then the one for always. */
  next(...replies: readonly Reply[]): this {
    this.#queue.push(...replies);
    return this;
  }

  always(reply: Reply): this {
    this.#always = reply;
    return this;
  }

  /** Forgets what was recorded and queued. */
  reset(): void {
    this.requests.length = 0;
    this.#queue.length = 0;
  }

  /** Requests as `METHOD /path`. */
  calls(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const request: RecordedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      text,
      json: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    this.requests.push(request);
    const reply = this.#queue.shift() ?? this.#always;
    if (typeof reply === 'function') return reply(request, response);
    const { status = 200, body, headers = {} } = reply;
    const payload =
      typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {});
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(payload);
  }
}
