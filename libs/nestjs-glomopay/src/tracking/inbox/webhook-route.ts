import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ExternalContextCreator, HttpAdapterHost } from '@nestjs/core';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { signatureOf } from '../../webhooks/webhook-request.js';
import { MAX_WEBHOOK_BYTES, type WebhookVerifier } from '../../webhooks/webhook-verifier.js';
import { GLOMOPAY_TRACKED_WEBHOOKS, GLOMOPAY_WEBHOOK_ROUTE } from '../tracking.tokens.js';
import { readBody, type ReadBody } from './read-body.js';
import { headersOf, type WebhookAnswer } from './webhook-answer.js';
import { WebhookEndpoint, type Receive } from './webhook-endpoint.js';
import { WebhookReceiver } from './webhook-receiver.js';
import type { WebhookRouteOptions } from './webhook-route-options.js';

const READ_WITHIN_MS = 20_000;

/** What is used of Express and of Fastify. */
type ExpressRequest = IncomingMessage & { readonly rawBody?: unknown };
interface ExpressApp {
  post(path: string, handle: (request: ExpressRequest, response: ServerResponse) => void): void;
}
interface FastifyApp {
  register(plugin: (scope: FastifyScope) => Promise<void>): void;
}
interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parse: (request: unknown, payload: Readable) => Promise<ReadBody>,
  ): void;
  post(path: string, handle: (request: FastifyRequest, reply: FastifyReply) => unknown): void;
}
interface FastifyRequest {
  readonly body: ReadBody | undefined;
}
interface FastifyReply {
  readonly sent: boolean;
  code(status: number): FastifyReply;
  headers(headers: Readonly<Record<string, string>>): FastifyReply;
  send(body: unknown): FastifyReply;
}

/**
 * The ready-made webhook route. It stands on the HTTP server itself, before the host's parsers, pipes,
 * prefix and versions, so nothing of those can come between the gateway and the inbox; and it reads
 * the raw body itself.
 */
@Injectable()
export class WebhookRoute implements OnModuleInit {
  readonly #host: HttpAdapterHost;
  readonly #receiver: WebhookReceiver;
  readonly #contexts: ExternalContextCreator;
  readonly #options: WebhookRouteOptions | undefined;
  #endpoint: WebhookEndpoint | undefined;
  #isMounted = false;

  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ExternalContextCreator) contexts: ExternalContextCreator,
    @Inject(WebhookReceiver) receiver: WebhookReceiver,
    @Inject(GLOMOPAY_WEBHOOK_ROUTE) options: WebhookRouteOptions | null,
    @Inject(GLOMOPAY_TRACKED_WEBHOOKS) verifier: WebhookVerifier,
  ) {
    if (options !== null) verifier.assertConfigured();
    this.#host = host;
    this.#contexts = contexts;
    this.#receiver = receiver;
    this.#options = options ?? undefined;
    // An application made by NestFactory has its server by now, one of the testing module gets it later.
    if (host.httpAdapter !== undefined) this.#mount();
    else host.init$?.subscribe(() => this.#mount());
  }

  /** For a Nest that tells nobody when the server comes: then the parsers of the host stand before us. */
  onModuleInit(): void {
    this.#mount();
  }

  #mount(): void {
    const adapter = this.#host.httpAdapter;
    if (this.#options === undefined || this.#isMounted || adapter === undefined) return;
    const type = adapter.getType();
    if (type === 'express') this.#onExpress(adapter.getInstance<ExpressApp>(), this.#options.path);
    else if (type === 'fastify')
      this.#onFastify(adapter.getInstance<FastifyApp>(), this.#options.path);
    else throw unknownServer(type);
    this.#isMounted = true;
  }

  #onExpress(app: ExpressApp, path: string): void {
    app.post(path, (request, response) => {
      // An answer that cannot be written is none: the gateway delivers again.
      this.#answerExpress(request, response).catch(() => response.destroy());
    });
  }

  async #answerExpress(request: ExpressRequest, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(
      request,
      response,
      async () => this.#receiver.receive(await bytesOf(request), signatureOf(request)),
      () => response.headersSent,
    );
    if (answer === undefined) return;
    const body = JSON.stringify(answer.body);
    // Without a length Node sends the answer in chunks, each a buffer of its own.
    const headers = { ...headersOf(answer), 'content-length': String(Buffer.byteLength(body)) };
    response.writeHead(answer.status, headers).end(body);
  }

  /** In a scope of its own, whose parser takes every content type and leaves the bytes alone. */
  #onFastify(app: FastifyApp, path: string): void {
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_, payload) =>
        readBody(payload, MAX_WEBHOOK_BYTES, READ_WITHIN_MS),
      );
      scope.post(path, async (request, reply) => {
        const body = request.body ?? Buffer.alloc(0);
        const answer = await this.#answer(
          request,
          reply,
          () => this.#receiver.receive(body, signatureOf(request)),
          () => reply.sent,
        );
        if (answer === undefined) return reply;
        return reply.code(answer.status).headers(headersOf(answer)).send(answer.body);
      });
    });
  }

  /** Through the host's global guards when the registration asks for it. */
  async #answer(
    request: object,
    response: object,
    receive: Receive,
    isAnswered: () => boolean,
  ): Promise<WebhookAnswer | undefined> {
    const decorators = this.#options?.decorators;
    if (decorators === undefined) return receive();
    // Not before the first delivery: by then the application knows its global guards.
    this.#endpoint ??= new WebhookEndpoint(this.#contexts, decorators);
    return this.#endpoint.answer(request, response, receive, isAnswered);
  }
}

/** What a parser of the host has kept, else what is still to be read; undefined: read and gone. */
async function bytesOf(request: ExpressRequest): Promise<ReadBody | undefined> {
  if (Buffer.isBuffer(request.rawBody)) return request.rawBody;
  if (request.readableEnded) return undefined;
  return readBody(request, MAX_WEBHOOK_BYTES, READ_WITHIN_MS);
}

function unknownServer(type: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    `webhooks.path needs Express or Fastify, and the server is ${type}; use WebhookSignatureGuard on a route of your own`,
  ]);
}
