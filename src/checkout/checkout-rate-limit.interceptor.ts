import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { type Observable, tap } from 'rxjs';
import type { ShopRequest } from '../http/shop-request.js';
import { ShopProblem } from '../problems/shop-problem.js';
import { sessionOf } from '../session/session.decorator.js';
import { CheckoutRateLimit } from './checkout-rate-limit.js';

/** Answers 429 to buyers who try too often. Runs before the body is checked, so bad ones count. */
@Injectable()
export class CheckoutRateLimitInterceptor implements NestInterceptor {
  readonly #limit: CheckoutRateLimit;
  constructor(@Inject(CheckoutRateLimit) limit: CheckoutRateLimit) {
    this.#limit = limit;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const keys = keysOf(context.switchToHttp().getRequest<ShopRequest>());
    const waitSeconds = this.#limit.take(keys);
    if (waitSeconds !== undefined) {
      throw ShopProblem.withMessage(
        429,
        'That was a lot of attempts. Please wait a minute. Nothing was charged for this one.',
        waitSeconds,
      );
    }
    return next.handle().pipe(
      tap({
        next: (answer: unknown) => {
          const reference = referenceOf(answer);
          if (reference !== undefined) {
            this.#limit.remember(reference, keys);
          }
        },
        error: () => this.#limit.spend(keys),
      }),
    );
  }
}

function keysOf(request: ShopRequest): string[] {
  const address = request.ip ?? request.socket.remoteAddress ?? 'unknown';
  const session = sessionOf(request);
  return [`address ${address}`, ...(session ? [`session ${session}`] : [])];
}

function referenceOf(answer: unknown): string | undefined {
  return typeof answer === 'object' &&
    answer !== null &&
    'reference' in answer &&
    typeof answer.reference === 'string'
    ? answer.reference
    : undefined;
}
