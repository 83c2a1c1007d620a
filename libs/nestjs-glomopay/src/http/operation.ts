/** One operation of the gateway, as in its list of endpoints. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path template; `{id}` is the only placeholder, and only a checked id is ever put there. */
  readonly path: string;
  /**
   * For creates that the gateway guards with `request_id` (docs/gateway.md, Request ids): its whole
   * answer to a repeat. Only such a call may be sent again once it may have arrived.
   */
  readonly duplicate?: string;
}

/** How an operation is named in errors, logs and spans: never with a real id. */
export function operationName({ method, path }: Operation): string {
  return `${method} ${path}`;
}
