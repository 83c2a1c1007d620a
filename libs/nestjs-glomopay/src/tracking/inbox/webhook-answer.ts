/** What the gateway is told. */
export interface WebhookAnswer {
  readonly status: number;
  readonly body: { readonly message: string };
  /** Seconds. */
  readonly retryAfter?: number;
  /** Whether the rest of a body that was not read is in the way of a next request. */
  readonly close?: boolean;
}

/** Every answer to a delivery that was not accepted. Fixed texts: nothing that was sent is in them. */
export const webhookAnswers = {
  malformed: { status: 400, body: { message: 'This is not a signed webhook event' } },
  mismatch: { status: 401, body: { message: 'The signature of this webhook does not hold' } },
  too_large: { status: 413, body: { message: 'The body is too large' }, close: true },
  too_slow: { status: 408, body: { message: 'The body did not arrive in time' }, close: true },
  broken: { status: 400, body: { message: 'The body did not arrive whole' }, close: true },
  not_stored: {
    status: 503,
    body: { message: 'The event was not stored; deliver it again' },
    retryAfter: 60,
  },
  unready: { status: 500, body: { message: 'This route is not set up; see the log' } },
} as const satisfies Record<string, WebhookAnswer>;

/** The headers of an answer. */
export function headersOf({ retryAfter, close }: WebhookAnswer): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(close === true && { connection: 'close' }),
  };
}
