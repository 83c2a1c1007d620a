/** What the gateway answers. */
export interface ScriptedAnswer {
  /** @defaultValue 200 */
  readonly status?: number;
  /** In the gateway's own names; a text is sent as it is, JSON or not. @defaultValue an empty object */
  readonly body?: unknown;
  /** The header `Retry-After`. @defaultValue none */
  readonly retryAfter?: string;
}

/** The gateway's refusal. */
export function refusal(status: number, error: string, message: string): ScriptedAnswer {
  return { status, body: { error, message } };
}

/** The gateway's answer to an id that it does not know. */
export function notFound(kind: string): ScriptedAnswer {
  return refusal(404, 'Not Found', `${kind} not found`);
}

/** The bytes of an answer. */
export function bytesOf({ body = {} }: ScriptedAnswer): Buffer {
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
