import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { publishCallback } from '../diagnostics/callback-message.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { RefusalLog } from '../signing/refusal-log.js';
import type { GlomopayCallback } from './callback.js';
import { GlomopayCallbackRejectedException } from './callback-rejected.exception.js';
import { CallbackVerifier } from './callback-verifier.js';
import { attachCallback } from './verified-callback.decorator.js';

/**
 * Lets a callback pass only when its signature holds, on Express and on Fastify alike.
 *
 * @example
 * @Get('payment/callback')
 * @UseGuards(CallbackSignatureGuard)
 * finish(@VerifiedCallback() callback: GlomopayCallback) {}
 */
@Injectable()
export class CallbackSignatureGuard implements CanActivate {
  readonly #verifier: CallbackVerifier;
  readonly #refusals = new RefusalLog('callback');

  constructor(@Inject(CallbackVerifier) verifier: CallbackVerifier) {
    this.#verifier = verifier;
  }

  canActivate(context: ExecutionContext): boolean {
    const request: object = context.switchToHttp().getRequest<object>();
    const callback = this.#verified(addressOf(request));
    attachCallback(request, callback);
    const { orderId, paymentId, status } = callback;
    const { account } = this.#verifier;
    publishCallback({ account, result: 'accepted', orderId, paymentId, status });
    return true;
  }

  #verified(address: string): GlomopayCallback {
    try {
      return this.#verifier.verifyUrl(address);
    } catch (thrown) {
      if (!(thrown instanceof GlomopaySignatureError)) throw thrown;
      const { reason } = thrown;
      this.#refusals.count(reason);
      publishCallback({ account: this.#verifier.account, result: 'refused', reason });
      throw new GlomopayCallbackRejectedException(reason);
    }
  }
}

/** The address as it came in: mounted routers of Express shorten `url`. */
function addressOf(request: object): string {
  const original: unknown = Reflect.get(request, 'originalUrl') ?? Reflect.get(request, 'url');
  return typeof original === 'string' ? original : '';
}
