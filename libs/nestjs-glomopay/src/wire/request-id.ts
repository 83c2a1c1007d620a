/**
 * The `request_id` that a body carries. Of a request: read from what is sent, never from what was passed: a
 * `requestId` of null is not sent, and a create without one must not be taken for a guarded one.
 */
export function requestIdOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const requestId = body['request_id'];
  return typeof requestId === 'string' ? requestId : undefined;
}

/**
 * Whether a listed object can be the one of a `request_id`. The gateway may or may not echo it; where
 * it does, it must be ours.
 */
export function isUnder(requestId: string, raw: Readonly<Record<string, unknown>>): boolean {
  return typeof raw['request_id'] !== 'string' || raw['request_id'] === requestId;
}
