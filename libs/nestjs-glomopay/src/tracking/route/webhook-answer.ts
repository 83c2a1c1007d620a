import type { HttpAnswer } from '../../edge/send-answer.js';
import { deliveryAnswers, type DeliveryFault } from '../../webhooks/delivery-answers.js';

/** Seconds after which the gateway may deliver again what was not stored. */
const RETRY_AFTER = '60';

/** What the gateway is told. */
export interface WebhookAnswer {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a delivery that was accepted. */
export function acceptance(isDuplicate: boolean): WebhookAnswer {
  return { status: 200, message: isDuplicate ? 'known already' : 'received' };
}

/** The answer to a delivery that was not accepted. */
export function refusal(fault: DeliveryFault): WebhookAnswer {
  const { status, message } = deliveryAnswers[fault];
  return { status, message, headers: headersFor(fault) };
}

/** An answer as it is sent; over HTTP/2 a connection is not closed by a header. */
export function asHttp({ status, message, headers = {} }: WebhookAnswer, http: number): HttpAnswer {
  const body = JSON.stringify({ message });
  const { connection, ...others } = headers;
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      // Without a length Node sends the answer in chunks, each a buffer of its own.
      'content-length': String(Buffer.byteLength(body)),
      ...others,
      ...(connection !== undefined && http < 2 && { connection }),
    },
    body,
  };
}

function headersFor(fault: DeliveryFault): Readonly<Record<string, string>> {
  switch (fault) {
    case 'not_stored':
    case 'kept_out':
      return { 'retry-after': RETRY_AFTER };
    case 'too_large':
    case 'too_slow':
    case 'broken':
      // What was not read of the body would be in the way of a next request.
      return { connection: 'close' };
    default:
      return {};
  }
}
