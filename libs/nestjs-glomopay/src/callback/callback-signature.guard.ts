import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { RefusalLog } from '../signing/refusal-log.js';
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
    try {
      attachCallback(request, this.#verifier.verifyUrl(addressOf(request)));
      return true;
    } catch (thrown) {
      if (!(thrown instanceof GlomopaySignatureError)) throw thrown;
      this.#refusals.count(thrown.reason);
      throw new GlomopayCallbackRejectedException(thrown.reason);
    }
  }
}

/** The address as it came in: mounted routers of Express shorten `url`. */
function addressOf(request: object): string {
  const original: unknown = Reflect.get(request, 'originalUrl') ?? Reflect.get(request, 'url');
  return typeof original === 'string' ? original : '';
}
