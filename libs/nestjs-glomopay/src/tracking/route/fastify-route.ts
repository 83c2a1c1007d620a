import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from '../../edge/send-answer.js';
import { receivedBody, type ReceivedBody } from './received-body.js';

/** What is used of Fastify. */
export interface FastifyApp {
  addHook(name: 'onRequest', hook: Hook): unknown;
  register(plugin: (scope: FastifyScope) => Promise<void>): unknown;
}
interface FastifyScope {
  post(path: string, options: { readonly onRequest: Handler }, handle: Handler): unknown;
}
interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly url: string;
  readonly method: string;
}
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Hook = (request: FastifyRequest, reply: FastifyReply, done: Done) => void;
type Done = (failure?: Error) => void;

/** Answers a delivery whose body `read` gives. */
type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  read: () => Promise<ReceivedBody | undefined>,
) => Promise<void>;

/**
 * Mounts the route, under every spelling of its path that Express would take. It answers before Fastify
 * looks at the content type, which it refuses where it is empty or ill-formed, and at the body, which
 * it would not look for over HTTP/2 without headers.
 */
export function mountOnFastify(app: FastifyApp, path: string, answer: Answer): void {
  const isOtherSpelling = otherSpellingOf(path);
  const handle: Handler = async (request, reply) => {
    await answer(request, reply, () => receivedBody(request, request.raw));
    return reply;
  };
  app.register(async (scope) => {
    scope.post(path, { onRequest: handle }, handle);
  });
  // Its router knows one spelling of a path, unless all paths of the host are to have more. Without a
  // promise, because every request of the host comes by.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST' || !isOtherSpelling(request.url)) done();
    // oxlint-disable-next-line promise/no-callback-in-promise -- such a hook is told of a failure so
    else handle(request, reply).catch(done);
  });
}

/**
 * Whether an address is the path in another case, or with a slash at its end. Asked for every request of
 * the host.
 */
function otherSpellingOf(path: string): (url: string) => boolean {
  const isPlain = !path.includes(':');
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part)));
  const exact = new RegExp(`^${parts.join('/')}$`);
  const loose = new RegExp(`^${parts.join('/')}/?$`, 'i');
  return (url) => {
    const end = url.indexOf('?');
    const asked = end === -1 ? url : url.slice(0, end);
    if (isPlain && (asked.length < path.length || asked.length > path.length + 1)) return false;
    return loose.test(asked) && !exact.test(asked);
  };
}

function escaped(text: string): string {
  return text.replaceAll('.', String.raw`\.`);
}
