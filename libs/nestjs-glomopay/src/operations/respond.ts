import { type FastifyReply, type NodeResponse, sendAnswer } from '../edge/send-answer.js';
import type { OperationsErrorAnswer } from './operations-refusal.js';

/** What is used of a response, of Express and of Fastify. */
export type OperationsResponse = NodeResponse | FastifyReply;

const JSON_TYPE = 'application/json; charset=utf-8';

/** What every answer carries. A page of the host's own that shows ours in a frame is none of ours. */
export const lockedDown: Readonly<Record<string, string>> = {
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

export function sendJson(response: OperationsResponse, body: object): void {
  const headers = { ...lockedDown, 'content-security-policy': NO_PAGE, 'content-type': JSON_TYPE };
  sendAnswer(response, { status: 200, headers, body: JSON.stringify(body) });
}

export function sendError(response: OperationsResponse, answer: OperationsErrorAnswer): void {
  const headers = { ...lockedDown, 'content-security-policy': NO_PAGE, 'content-type': JSON_TYPE };
  sendAnswer(response, { status: answer.statusCode, headers, body: JSON.stringify(answer) });
}

/** @param policy What the page may load and run. */
export function sendPage(
  response: OperationsResponse,
  status: number,
  markup: string,
  policy: string,
): void {
  const headers = {
    ...lockedDown,
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
  };
  sendAnswer(response, { status, headers, body: markup });
}
