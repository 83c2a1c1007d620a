import type { NextHandler, ShopRequest, ShopResponse } from '../http/shop-request.js';
import { answerProblem } from './problem-answer.js';

/**
 * Answers bodies the parser refused. It stands right behind the parser because the error it throws
 * carries the raw body and quotes it in its message: nothing else may see it. Express tells an error
 * handler by its four parameters.
 */
export function answerBodyFault(
  error: unknown,
  _request: ShopRequest,
  response: ShopResponse,
  _next: NextHandler,
): void {
  answerProblem(response, statusOf(error));
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 400;
}
