import { createParamDecorator, type ExecutionContext, HttpCode, HttpStatus } from '@nestjs/common';
import { httpRequestOf } from '../edge/http-request.js';
import type { GlomopayEvent } from './glomopay-event.js';

/** Where a request carries its verified event. On the request itself: every copy of this library finds it. */
const VERIFIED = Symbol.for('nestjs-glomopay:webhook');

/** Keeps the verified event with its request. For the guard. */
export function attachEvent(request: object, event: GlomopayEvent): void {
  Object.defineProperty(request, VERIFIED, { value: event, configurable: true });
}

/**
 * The event that `WebhookSignatureGuard` has verified. On a route without the guard the request ends
 * with 500, and the log says why: an unverified event is never handed out.
 *
 * It also lets the route answer 200, which the gateway asks for, where Nest would answer 201. Your
 * own `@HttpCode()` wins.
 */
export const VerifiedWebhook = createParamDecorator(
  (_: unknown, context: ExecutionContext): GlomopayEvent => {
    const request = httpRequestOf(context, '@VerifiedWebhook()');
    const event: GlomopayEvent | undefined = Reflect.get(request, VERIFIED);
    if (event !== undefined) return event;
    // No HttpException: Nest logs this for the developer, and keeps it from the sender.
    throw new Error('@VerifiedWebhook() needs @UseGuards(WebhookSignatureGuard) on its route');
  },
  [answersOk],
);

/** Decorators of parameters run before those of their method, so the host's own code is written over it. */
function answersOk(prototype: object, method: string | symbol | undefined): void {
  if (method === undefined) return;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor !== undefined) HttpCode(HttpStatus.OK)(prototype, method, descriptor);
}
