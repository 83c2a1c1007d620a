import { type Observable, throwError } from 'rxjs';
import type { GlomopayErrorAnswer } from './error-answer.js';

/** The answer to the caller of a microservice: as Nest's own exceptions reach it. */
export function asRpcError(answer: GlomopayErrorAnswer): Observable<never> {
  return throwError(() => ({ status: 'error', ...answer }));
}

/**
 * The answer to a client of GraphQL: an error whose `extensions` any GraphQL server takes over. Its
 * stack is its text, because servers under development show the stack to the client.
 */
export function asGraphqlError(answer: GlomopayErrorAnswer): Error {
  const { message, ...extensions } = answer;
  const error = new Error(message);
  error.stack = `Error: ${message}`;
  return Object.assign(error, { extensions });
}

/**
 * Tells a client of a WebSocket: as the event `exception`, which Nest has for it, over Socket.IO by
 * name and over a plain WebSocket as the message that Nest's adapter makes of an event.
 */
export function tellClient(client: unknown, answer: GlomopayErrorAnswer): void {
  const data = { status: 'error', ...answer };
  if (typeof client !== 'object' || client === null) return;
  const [readyState, send, emit]: readonly unknown[] = ['readyState', 'send', 'emit'].map(
    (member) => Reflect.get(client, member),
  );
  if (typeof readyState === 'number' && typeof send === 'function') {
    send.call(client, JSON.stringify({ event: 'exception', data }));
  } else if (typeof emit === 'function') {
    emit.call(client, 'exception', data);
  }
}
