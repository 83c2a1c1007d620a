import type { ShopResponse } from '../http/shop-request.js';
import type { ShopProblem } from './shop-problem.js';

interface FixedProblem {
  readonly title: string;
  readonly text: string;
}

const fixed = new Map<number, FixedProblem>([
  [400, { title: 'We did not understand that', text: 'The request is not well-formed.' }],
  [401, { title: 'Please log in', text: 'This page needs a password.' }],
  [403, { title: 'Not allowed', text: 'This request is not allowed.' }],
  [
    404,
    { title: 'Nothing here', text: 'There is no such page, or it belongs to another browser.' },
  ],
  [405, { title: 'Not possible', text: 'This address does not take such requests.' }],
  [413, { title: 'Too large', text: 'The request is larger than this shop accepts.' }],
  [415, { title: 'Not understood', text: 'This address takes JSON only.' }],
]);

const unexpected: FixedProblem = {
  title: 'Something went wrong',
  text: 'This is our fault. If you were paying, look at the status of your payment before you try again.',
};

/** The text for a status: always one of ours. */
export function fixedProblem(status: number): FixedProblem {
  return fixed.get(status) ?? fixed.get(status < 500 ? 400 : status) ?? unexpected;
}

/** Sends a problem as JSON. */
export function answerProblem(response: ShopResponse, status: number, problem?: ShopProblem): void {
  const errors = problem?.errors ?? [{ field: 'form', message: fixedProblem(status).text }];
  response.statusCode = status;
  if (problem?.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors }));
}
