import type { ExchangeRequest } from '../../http/exchange.js';
import { maskedNumber } from '../../values/card-mask.js';
import type { HttpMethod } from '../../values/http-method.js';
import { isObject } from '../../values/is-object.js';
import type { NamedPath } from './path-template.js';

/** A request as it reached the script. What a card has is masked; keys and headers are not kept. */
export interface ScriptedRequest {
  readonly method: HttpMethod;
  /** Path template: `/api/v1/payments/{id}`. */
  readonly path: string;
  /** What stood in the place of `{id}`; undefined when the path is that of a list. */
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** In the gateway's own names; undefined on a GET. Of a file, its name, type and size. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads what the library is about to send. The bytes are wiped afterwards, so it is done at once.
 *
 * @param route Where its path leads.
 * @param form The fields of its form, if it is one.
 */
export function scriptedRequest(
  { method, body }: ExchangeRequest,
  { path, ids }: NamedPath,
  searchParams: URLSearchParams,
  form?: ScriptedRequest['body'],
): ScriptedRequest {
  return {
    method,
    path,
    id: ids['id'],
    query: Object.fromEntries(searchParams),
    body: form ?? (Buffer.isBuffer(body) ? masked(JSON.parse(body.toString('utf8'))) : undefined),
  };
}

/** Masks the card, and its number wherever else it was written. */
function masked(body: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(body)) return {};
  const { card } = body;
  if (!isObject(card)) return body;
  const number = String(card['number']);
  const mask = maskedNumber(number);
  const maskedCard = Object.keys(card).map((name) => [name, name === 'number' ? mask : '***']);
  return { ...without(number, mask, body), card: Object.fromEntries(maskedCard) };
}

function without(number: string, mask: string, body: object): Readonly<Record<string, unknown>> {
  const copy: Readonly<Record<string, unknown>> = JSON.parse(
    JSON.stringify(body).replaceAll(number, mask),
  );
  return copy;
}
