import { tracingChannel } from 'node:diagnostics_channel';
import type { GlomopayErrorCode } from '../errors/glomopay.error.js';
import type { HttpMethod } from '../values/http-method.js';

/** Why an attempt brought no usable answer. A closed list, fit for the label of a metric. */
export type CallFault =
  /** No connection could be made; nothing was sent. */
  | 'no_connection'
  /** The module's own rate limit had no room before the deadline; nothing was sent. */
  | 'held'
  /** 429: refused for now. */
  | 'throttled'
  /** 409: another request holds the record, refused for now. */
  | 'busy'
  /** Refused by the gateway with another 4xx. */
  | 'rejected'
  /** The gateway says that it has the object already. */
  | 'duplicate'
  /** 3xx, 5xx, 408 or 425 instead of an answer. */
  | 'status'
  /** A 2xx that is not in the documented shape. */
  | 'malformed'
  /** No complete answer in time. */
  | 'timeout'
  /** The connection broke after the request may have left. */
  | 'connection_lost'
  /** The answer was larger than the limit. */
  | 'too_large'
  /** The caller ended the call. */
  | 'aborted'
  /** A fault inside this process. */
  | 'internal';

/** A call to the gateway that begins. The same object is `call` of the message that ends it. */
export interface GlomopayCallMessage {
  readonly method: HttpMethod;
  /** Path template: `/api/v1/orders/{id}`. Never a path with a real id or a query. */
  readonly path: string;
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly serverAddress: string;
  readonly serverPort: number;
  /** The object that the call is about, by the gateway's id, scrubbed. For traces; never for a metric. */
  readonly id: string | undefined;
  /** The `request_id` of a create, scrubbed. For traces; never for a metric. */
  readonly requestId: string | undefined;
}

/** One further attempt of a call. */
export interface CallRetry {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly reason: CallFault;
  /** HTTP status of the failed attempt, when there was an answer. */
  readonly status: number | undefined;
  /** Pause that came before the next attempt, in milliseconds. */
  readonly pauseMs: number;
  /** When the next attempt began, in milliseconds after the call's begin. */
  readonly afterMs: number;
}

/** A call that has ended. */
export interface GlomopayCallEndMessage {
  readonly call: GlomopayCallMessage;
  /** What happened at the gateway. */
  readonly outcome: 'ok' | 'rejected' | 'not_sent' | 'unknown';
  readonly attempts: number;
  readonly retries: readonly CallRetry[];
  /** HTTP status of the last answer, when there was one. */
  readonly status: number | undefined;
  /** Why the last attempt failed. */
  readonly fault: CallFault | undefined;
  /** Code of the error that the caller gets. */
  readonly errorCode: GlomopayErrorCode | undefined;
  readonly durationMs: number;
}

/**
 * Tracing channel `nestjs-glomopay:call`: `start` with a {@link GlomopayCallMessage}, then
 * `asyncEnd` with a {@link GlomopayCallEndMessage}, and `error` with the same just before it when
 * the call has failed. A create whose answer got lost is followed by the calls of its look-up.
 */
export const callChannel = tracingChannel<unknown, GlomopayCallMessage | GlomopayCallEndMessage>(
  'nestjs-glomopay:call',
);
