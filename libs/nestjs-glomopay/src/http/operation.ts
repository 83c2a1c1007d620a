import type { HttpMethod } from '../values/http-method.js';

/** One operation of the gateway, as in its list of endpoints, and what a second sending of it does. */
export interface Operation {
  readonly method: HttpMethod;
  /** Path with a named place for each id: `/api/v1/orders/{orderId}`. Only a checked id is ever put there. */
  readonly path: string;
  /**
   * What a second sending does:
   * - `nothing`: nothing that anybody would notice;
   * - `converges`: it ends in the state of the first one;
   * - `again`: the same thing again, unless the gateway recognises it (`duplicate`).
   *
   * @defaultValue `nothing` for a GET, else `again`
   */
  readonly repeat?: 'nothing' | 'converges' | 'again';
  /**
   * The answer by which the gateway says that it has the object already: its status, and its whole
   * `message` where other answers have the same status. Makes a create a guarded one.
   */
  readonly duplicate?: readonly [status: number, message?: string];
  /**
   * What the gateway recognises a repeat by (docs/gateway.md, Request ids): a `request_id`, where the
   * call has one, or what the object is by its nature, such as the e-mail of a customer.
   *
   * @defaultValue `request_id`
   */
  readonly guard?: 'request_id' | 'nature';
  /** The `message` of a 409 that only says that another request holds the record: nothing has happened. */
  readonly busy?: string;
  /** Status of a refusal whose body is the object itself, which is the answer then. */
  readonly objectOn?: number;
  /**
   * What to do when the outcome is unknown, a sentence or two. `{since}` becomes the time since which to
   * list (ISO 8601, UTC). @defaultValue what holds for every call of the kind
   */
  readonly advice?: string;
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
