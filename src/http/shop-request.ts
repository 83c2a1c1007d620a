import type { IncomingMessage, ServerResponse } from 'node:http';

/** The parts of the platform's request the shop reads. */
export interface ShopRequest extends IncomingMessage {
  /** The buyer's address; behind trusted proxies, the one they report. */
  readonly ip?: string;
  /** Path and query as they arrived, whatever a middleware has done to `url`. */
  readonly originalUrl: string;
}

export type ShopResponse = ServerResponse;

export type NextHandler = (error?: unknown) => void;

/** The path of a request without its query. */
export function pathOf(request: ShopRequest): string {
  return request.originalUrl.split('?', 1)[0] ?? '/';
}
