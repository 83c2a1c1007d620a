import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const CHECK_MS = 100;
/** Answers under way may finish within this time; a payment must not be cut off in the middle. */
const PATIENCE_MS = 25_000;

/**
 * Lets the server close as soon as its last answer is out. By itself it closes only the connections
 * that are idle when it is told to, and waits for the browsers to drop the others.
 */
@Injectable()
export class ConnectionDrain implements BeforeApplicationShutdown {
  readonly #host: HttpAdapterHost;
  constructor(@Inject(HttpAdapterHost) host: HttpAdapterHost) {
    this.#host = host;
  }

  beforeApplicationShutdown(): void {
    // A worker or the REPL on this module has no server.
    const server: Server | undefined = this.#host.httpAdapter?.getHttpServer();
    if (server === undefined) return;
    const idle = setInterval(() => server.closeIdleConnections(), CHECK_MS);
    const late = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(late);
    });
    idle.unref();
    late.unref();
  }
}
