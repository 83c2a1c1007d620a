import type { IncomingMessage } from 'node:http';
import { Logger, type OnModuleInit } from '@nestjs/common';
import type { ExternalContextCreator, HttpAdapterHost } from '@nestjs/core';
import { type FastifyReply, type NodeResponse, sendAnswer } from '../../edge/send-answer.js';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { type FastifyApp, mountOnFastify } from './fastify-route.js';
import { receivedBody, type ReceivedBody } from './received-body.js';
import { asHttp, type WebhookAnswer } from './webhook-answer.js';
import { ThroughHostGuards } from './through-host-guards.js';
import type { WebhookRouteOptions } from './webhook-route-options.js';

/** Who takes what a route brings. */
export interface RouteReceiver {
  receive(request: object, body: ReceivedBody | undefined): Promise<WebhookAnswer>;
  keptOut(request: object): void;
}

/** What is used of Express. */
interface ExpressApp {
  post(path: string, handle: (request: IncomingMessage, response: ExpressResponse) => void): void;
}
interface ExpressResponse extends NodeResponse {
  destroy(): unknown;
}
type Read = () => Promise<ReceivedBody | undefined>;

/**
 * A ready-made webhook route. It stands on the HTTP server itself, before the host's parsers, pipes,
 * prefix and versions, so none of them can come between the gateway and the inbox; and it reads
 * the raw body itself. An application without an HTTP server (a worker, a CLI, the REPL) has no route.
 */
export abstract class MountedRoute implements OnModuleInit {
  readonly #logger = new Logger('Glomopay');
  readonly #host: HttpAdapterHost;
  readonly #receiver: RouteReceiver;
  readonly #contexts: ExternalContextCreator;
  readonly #options: WebhookRouteOptions | undefined;
  #hostGuards: ThroughHostGuards | undefined;
  #isMounted = false;

  constructor(
    host: HttpAdapterHost,
    contexts: ExternalContextCreator,
    receiver: RouteReceiver,
    options: WebhookRouteOptions | null,
  ) {
    this.#host = host;
    this.#contexts = contexts;
    this.#receiver = receiver;
    this.#options = options ?? undefined;
    // An application made by NestFactory has its server by now, one of the testing module gets it later.
    this.#mount();
    if (!this.#isMounted) host.init$?.subscribe(() => this.#mount());
  }

  /** For a Nest that does not say when the server comes: then the host's parsers run before us. */
  onModuleInit(): void {
    this.#mount();
    if (this.#options === undefined || this.#isMounted) return;
    this.#logger.log(
      `There is no HTTP server in this process, so the webhook route ${this.#options.path} is not mounted here`,
    );
  }

  #mount(): void {
    // Typed as if it were always there; without a server Nest has null, undefined or a stand-in.
    const adapter: HttpAdapterHost['httpAdapter'] | null | undefined = this.#host.httpAdapter;
    if (this.#options === undefined || this.#isMounted) return;
    const { path } = this.#options;
    const type = adapter?.getType() ?? '';
    if (type === 'express') this.#onExpress(adapter.getInstance<ExpressApp>(), path);
    else if (type === 'fastify') this.#onFastify(adapter.getInstance<FastifyApp>(), path);
    else if (type !== '') throw unknownServer(type);
    this.#isMounted = type !== '';
  }

  #onExpress(app: ExpressApp, path: string): void {
    app.post(path, (request, response) => {
      const read = () => receivedBody(request, request);
      // An answer that cannot be written is none: the gateway delivers again.
      this.#respond(request, response, request, read, () => response.headersSent).catch(() =>
        response.destroy(),
      );
    });
  }

  #onFastify(app: FastifyApp, path: string): void {
    mountOnFastify(app, path, (request, reply, read) =>
      this.#respond(request, reply, request.raw, read, () => reply.sent),
    );
  }

  async #respond(
    request: object,
    response: NodeResponse | FastifyReply,
    raw: IncomingMessage,
    read: Read,
    isAnswered: () => boolean,
  ): Promise<void> {
    const answer = await this.#answer(request, response, read, isAnswered);
    if (answer !== undefined) sendAnswer(response, asHttp(answer, raw.httpVersionMajor));
  }

  /** Through the host's global guards when the registration asks for it. Undefined: they have answered. */
  async #answer(
    request: object,
    response: object,
    read: Read,
    isAnswered: () => boolean,
  ): Promise<WebhookAnswer | undefined> {
    let isReceived = false;
    const receive = async (): Promise<WebhookAnswer> => {
      isReceived = true;
      return this.#receiver.receive(request, await read());
    };
    const decorators = this.#options?.decorators;
    if (decorators === undefined) return receive();
    // Not before the first delivery: by then the application knows its global guards.
    this.#hostGuards ??= new ThroughHostGuards(this.#contexts, decorators);
    const answer = await this.#hostGuards.answer(request, response, receive, isAnswered);
    if (!isReceived) this.#receiver.keptOut(request);
    return answer;
  }
}

function unknownServer(type: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    `webhooks.path needs Express or Fastify, and the server is ${type}; use WebhookSignatureGuard on a route of your own`,
  ]);
}
