import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fields } from './fields.js';
import { GatewayError } from './gateway-error.js';

/**
 * Takes every body as bytes, whatever its content type.
 *
 * Routes parse them after authentication, so a parser's message, which quotes its input,
 * never becomes an answer.
 */
export function acceptRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    done(null, bytes);
  });
}

/** The JSON object a request carries, ready to be read field by field. */
export function jsonFields(request: FastifyRequest): Fields {
  return Fields.of(parseJson(request));
}

/** The same for a call that may have no body. */
export function jsonOrNoFields(request: FastifyRequest): Fields {
  return asBytes(request.body).length > 0 ? jsonFields(request) : Fields.of({});
}

function parseJson(request: FastifyRequest): unknown {
  // INFERRED texts: the documentation gives none for an unreadable body.
  if (!isJson(request.headers['content-type'])) {
    throw GatewayError.badRequest('Content-Type must be application/json');
  }
  const bytes: unknown = request.body;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(asBytes(bytes)), wellFormed);
  } catch {
    throw GatewayError.badRequest('Malformed JSON');
  }
}

/** Half a surrogate pair is no text: no event could carry it (RFC 8785 §3.2.2.2). */
function wellFormed(key: string, value: unknown): unknown {
  if (hasLoneSurrogate(key) || (typeof value === 'string' && hasLoneSurrogate(value))) {
    throw new SyntaxError('Lone surrogate');
  }
  return value;
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** The fields of a form the sandbox's own pages sent. */
export function formFields(request: FastifyRequest): URLSearchParams {
  const bytes: unknown = request.body;
  return new URLSearchParams(asBytes(bytes).toString('utf8'));
}

function asBytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}
