import { createHash, type Hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One upload as it has arrived so far. */
export interface ArrivingUpload {
  readonly headers: IncomingMessage['headers'];
  bytes: number;
  readonly hash: Hash;
}

/** What the server does as an upload begins. It is read to its end meanwhile, unless that pauses it. */
export type Receive = (
  incoming: IncomingMessage,
  response: ServerResponse,
  upload: ArrivingUpload,
) => void;

/** A gateway that takes uploads piece by piece and keeps none of their bytes. */
export class UploadServer {
  readonly uploads: ArrivingUpload[] = [];
  connections = 0;
  readonly #server: Server;

  private constructor(receive: Receive) {
    this.#server = createServer((incoming, response) => {
      const { headers } = incoming;
      const upload = { headers, bytes: 0, hash: createHash('sha256') };
      this.uploads.push(upload);
      incoming.on('error', () => undefined);
      incoming.on('data', (chunk: Buffer) => {
        upload.bytes += chunk.length;
        upload.hash.update(chunk);
      });
      receive(incoming, response, upload);
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  static async start(receive: Receive): Promise<UploadServer> {
    const server = new UploadServer(receive);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', () => resolve()));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Answers once the whole upload is there. */
export function whole(status: number, body: unknown): Receive {
  return (incoming, response) => {
    incoming.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  };
}
