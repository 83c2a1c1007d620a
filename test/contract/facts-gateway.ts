import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpoints, example, type AnswerFact, type EndpointFact } from './facts.js';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** A body of JSON, or the parts of a form; a file is its name and its text. */
  readonly body: unknown;
}

/** A gateway that knows nothing but the tables: it answers every documented operation with an example. */
export class FactsGateway {
  readonly arrived: Arrived[] = [];
  readonly #server: Server;
  #objects: Readonly<Record<string, unknown>> = {};

  private constructor() {
    this.#server = createServer((incoming, response) => void this.#serve(incoming, response));
  }

  static async start(): Promise<FactsGateway> {
    const gateway = new FactsGateway();
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets what arrived; answers these objects in place of the examples, by name. */
  reset(objects: Readonly<Record<string, unknown>> = {}): void {
    this.arrived.length = 0;
    this.#objects = objects;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.#answer(incoming);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  }

  async #answer(incoming: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams } = new URL(incoming.url ?? '/', this.url);
    const method = incoming.method ?? '';
    const body = await readBody(Buffer.concat(chunks), incoming.headers['content-type']);
    this.arrived.push({ method, path, query: Object.fromEntries(searchParams), body });
    const found = endpoints.find((each) => each.method === method && matches(each, path));
    if (found === undefined) return { status: 404, body: { message: 'Documented nowhere' } };
    return { status: found.answer.status, body: this.#bodyOf(found.answer) };
  }

  #bodyOf({ object, list }: AnswerFact): unknown {
    const item = this.#objects[object] ?? example(object);
    if (list === undefined) return item;
    if (list === 'bare') return [item];
    return { data: [item], page_meta: this.#objects['PageMeta'] ?? example('PageMeta') };
  }
}

function matches({ path, alias = path }: EndpointFact, asked: string): boolean {
  return [path, alias].some((known) => {
    return new RegExp(`^${known.replaceAll('{id}', '[A-Za-z0-9]+_[A-Za-z0-9_]+')}$`).test(asked);
  });
}

async function readBody(bytes: Buffer, type = ''): Promise<unknown> {
  if (bytes.length === 0) return undefined;
  if (!type.startsWith('multipart/')) return JSON.parse(bytes.toString('utf8'));
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const parts = [...form].map(async ([name, part]) => {
    return [name, typeof part === 'string' ? part : { name: part.name, text: await part.text() }];
  });
  return Object.fromEntries((await Promise.all(parts)) as [string, unknown][]);
}
