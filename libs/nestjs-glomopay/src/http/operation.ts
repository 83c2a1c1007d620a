import type { HttpMethod } from '../values/http-method.js';

/** One operation of the gateway, as in its list of endpoints. */
export interface Operation {
  readonly method: HttpMethod;
  /** Path with a named place for each id: `/api/v1/orders/{orderId}`. Only a checked id is ever put there. */
  readonly path: string;
  /**
   * For creates that the gateway guards with `request_id` (docs/gateway.md, Request ids): its whole
   * answer to a repeat. Only such a call may be sent again once it may have arrived.
   */
  readonly duplicate?: string;
  /** For a write of which a second one does no harm. @defaultValue nothing but a GET */
  readonly repeat?: 'nothing';
}

const PLACE = /\{(\w+)\}/g;

/** The path as it is shown. A place is `{id}` there, whatever its name: never a real id. */
export function pathTemplate({ path }: Operation): string {
  return path.replace(PLACE, '{id}');
}

/** The path with something in each of its places. */
export function filledPath({ path }: Operation, idOf: (place: string) => string): string {
  return path.replace(PLACE, (_, place: string) => idOf(place));
}

/** How an operation is named in errors, logs and spans: never with a real id. */
export function operationName(operation: Operation): string {
  return `${operation.method} ${pathTemplate(operation)}`;
}
