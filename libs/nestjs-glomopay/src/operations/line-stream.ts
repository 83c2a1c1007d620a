import type { ServerResponse } from 'node:http';
import { lockedDown, type OperationsResponse } from './respond.js';

/** What is used of Fastify to have its response to ourselves. */
interface HijackableReply {
  readonly raw: ServerResponse;
  hijack(): unknown;
  getHeaders(): Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

/** An answer of JSON lines, written as they come, as fast as the client takes them. */
export class LineStream {
  readonly #response: ServerResponse;
  readonly #gone = new AbortController();

  constructor(response: OperationsResponse) {
    this.#response = ownResponse(response);
    for (const [name, value] of Object.entries(lockedDown)) this.#response.setHeader(name, value);
    this.#response.setHeader('content-type', 'application/x-ndjson; charset=utf-8');
    // Proxies of this kind would keep the lines back until there are many.
    this.#response.setHeader('x-accel-buffering', 'no');
    this.#response.statusCode = 200;
    // What is gone already has told so before we listened.
    if (this.#response.destroyed) this.#gone.abort();
    this.#response.on('error', () => undefined).on('close', () => this.#gone.abort());
  }

  /** Aborted when the client goes, and when all was written. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Kept when the client can take more, or is gone. */
  async write(line: object): Promise<void> {
    if (this.gone.aborted || this.#response.write(`${JSON.stringify(line)}\n`)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#response.off('drain', go).off('close', go);
        resolve();
      };
      this.#response.on('drain', go).on('close', go);
    });
  }

  end(): void {
    this.#response.end();
  }
}

/** With the headers that the host's hooks have set on a reply, which hijacking would lose. */
function ownResponse(response: OperationsResponse): ServerResponse {
  if (!isHijackable(response)) return response as unknown as ServerResponse;
  const headers = response.getHeaders();
  response.hijack();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.raw.setHeader(name, value);
  }
  return response.raw;
}

function isHijackable(response: object): response is HijackableReply {
  return 'hijack' in response && 'raw' in response;
}
