import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyReply } from '../../edge/send-answer.js';
import { receivedBody, type ReceivedBody } from './received-body.js';

/** What is used of Fastify. */
export interface FastifyApp {
  addHook(name: 'onRequest', hook: Hook): unknown;
  register(plugin: (scope: FastifyScope) => Promise<void>): unknown;
}
interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parse: (request: object, payload: Readable) => Promise<ReceivedBody | undefined>,
  ): void;
  post(path: string, handle: Handler): unknown;
}
interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly url: string;
  readonly method: string;
  readonly body: ReceivedBody | undefined;
}
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Answers a delivery whose body `read` gives. */
type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  read: () => Promise<ReceivedBody | undefined>,
) => Promise<void>;

/**
 * Mounts the route in a scope of its own, whose parser takes every content type and leaves the bytes
 * alone; under every spelling of its path that Express would take.
 */
export function mountOnFastify(app: FastifyApp, path: string, answer: Answer): void {
  const handle: Handler = async (request, reply) => {
    // Fastify looks for a body by its headers, and over HTTP/2 there need not be any.
    await answer(request, reply, async () => request.body ?? receivedBody(request, request.raw));
    return reply;
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', receivedBody);
    scope.post(path, handle);
  });
  // Its router knows one spelling of a path, unless all paths of the host are to have more.
  app.addHook('onRequest', async (request, reply) =>
    request.method === 'POST' && isOtherSpelling(path, request.url)
      ? handle(request, reply)
      : undefined,
  );
}

/** The path in another case, or with a slash at its end. */
function isOtherSpelling(path: string, url: string): boolean {
  const end = url.indexOf('?');
  const asked = end === -1 ? url : url.slice(0, end);
  if (asked === path || asked.length < path.length || asked.length > path.length + 1) return false;
  const [spelled, plain] = [asked.toLowerCase(), path.toLowerCase()];
  return spelled === plain || spelled === `${plain}/`;
}
