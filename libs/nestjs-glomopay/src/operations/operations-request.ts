import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { readBody } from '../tracking/route/read-body.js';
import { Input } from './input.js';
import { OperationsRefusal } from './operations-refusal.js';

const MOST_BYTES = 16_384;
const READ_WITHIN_MS = 10_000;

/** What Express and Fastify have in common, and what is used of each. */
export interface OperationsRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
  /** Of Fastify: Node's own request. */
  readonly raw?: IncomingMessage;
}

/** What the address asks for, by itself: a host may have any parser for queries, or none. */
export function queryOf({ url }: OperationsRequest): Input {
  const { searchParams } = new URL(url, 'http://host.invalid');
  const members = new Map<string, unknown>();
  // Twice the same name is no text.
  for (const [name, value] of searchParams) members.set(name, members.has(name) ? null : value);
  return new Input(members);
}

/**
 * The members of a JSON body: as the host's parser gave them, else read here.
 *
 * @throws {OperationsRefusal} the body is too large.
 * @throws {GlomopayValidationError} it is no JSON object.
 */
export async function bodyOf(request: OperationsRequest): Promise<Input> {
  const body = await parsed(request);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return new Input(new Map(Object.entries(body)));
  }
  throw noObject();
}

async function parsed(request: OperationsRequest): Promise<unknown> {
  const { body } = request;
  if (typeof body === 'string' || body instanceof Uint8Array) return json(body);
  if (body !== undefined) return body;
  const stream = request.raw ?? (request as unknown as IncomingMessage);
  if (stream.readableEnded) return undefined;
  const read = await readBody(stream, MOST_BYTES, READ_WITHIN_MS);
  if (read === 'too_large') throw new OperationsRefusal('too_large');
  return typeof read === 'string' ? undefined : json(read);
}

function json(text: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
  } catch {
    throw noObject();
  }
}

function noObject(): GlomopayValidationError {
  const message = 'must be a JSON object';
  return new GlomopayValidationError('request', [{ path: '', rule: 'isObject', message }]);
}
