import {
  createParamDecorator,
  type ExecutionContext,
  InternalServerErrorException,
} from '@nestjs/common';
import type { GlomopayCallback } from './callback.js';

const verified = new WeakMap<object, GlomopayCallback>();

/** Keeps the verified callback with its request. For the guard. */
export function attachCallback(request: object, callback: GlomopayCallback): void {
  verified.set(request, callback);
}

/**
 * The callback that `CallbackSignatureGuard` has verified. On a route without the guard the request
 * ends with 500: an unverified callback is never handed out.
 */
export const VerifiedCallback = createParamDecorator(
  (_: unknown, context: ExecutionContext): GlomopayCallback => {
    const callback = verified.get(context.switchToHttp().getRequest<object>());
    if (callback !== undefined) return callback;
    throw new InternalServerErrorException(
      '@VerifiedCallback() needs @UseGuards(CallbackSignatureGuard) on its route',
    );
  },
);
