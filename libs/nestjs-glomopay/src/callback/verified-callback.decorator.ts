import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { httpRequestOf } from '../edge/http-request.js';
import type { GlomopayCallback } from './callback.js';

/** Where a request carries its verified callback; every copy of this library finds it there. */
const VERIFIED = Symbol.for('nestjs-glomopay:callback');

/** Keeps the verified callback with its request. For the guard. */
export function attachCallback(request: object, callback: GlomopayCallback): void {
  Object.defineProperty(request, VERIFIED, { value: callback, configurable: true });
}

/**
 * The callback that `CallbackSignatureGuard` has verified. On a route without the guard the request
 * ends with 500, and the log says why: an unverified callback is never handed out.
 */
export const VerifiedCallback = createParamDecorator(
  (_: unknown, context: ExecutionContext): GlomopayCallback => {
    const request = httpRequestOf(context, '@VerifiedCallback()');
    const callback: GlomopayCallback | undefined = Reflect.get(request, VERIFIED);
    if (callback !== undefined) return callback;
    // No HttpException: Nest logs this for the developer, and keeps it from the visitor.
    throw new Error('@VerifiedCallback() needs @UseGuards(CallbackSignatureGuard) on its route');
  },
);
