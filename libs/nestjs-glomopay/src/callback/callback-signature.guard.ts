import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { AccountChoice } from '../config/glomopay-accounts.js';
import { GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import type { OpenAccount } from '../config/run-time-accounts.js';
import { publishCallback } from '../diagnostics/callback-message.js';
import { Named } from '../errors/named.decorator.js';
import { whenMade } from '../edge/when-made.js';
import { httpRequestOf } from '../edge/http-request.js';
import { GlomopaySignatureError, type GlomopaySignatureFault } from '../errors/signature.error.js';
import { RefusalLog } from '../signing/refusal-log.js';
import type { GlomopayCallback } from './callback.js';
import { GlomopayCallbackRejectedException } from './callback-rejected.exception.js';
import { CallbackVerifier } from './callback-verifier.js';
import { attachCallback } from './verified-callback.decorator.js';

/**
 * Lets a callback pass only when its signature holds, on Express and on Fastify alike; under the keys
 * of the account that `@GlomopayAccount()` names for the route.
 *
 * @example
 * @Get('payment/callback')
 * @UseGuards(CallbackSignatureGuard)
 * finish(@VerifiedCallback() callback: GlomopayCallback) {}
 */
@Injectable()
@Named('CallbackSignatureGuard')
export class CallbackSignatureGuard implements CanActivate {
  readonly #accounts: AccountChoice;
  readonly #refusals = new RefusalLog('callback');

  constructor(@Inject(GLOMOPAY_ACCOUNTS) accounts: AccountChoice) {
    this.#accounts = accounts;
  }

  /**
   * At once, unless the account has yet to be made, or a provider has yet to say its keys of now.
   *
   * @throws {GlomopayConfigurationError} on a handler that is none of an HTTP route.
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = httpRequestOf(context, 'CallbackSignatureGuard');
    const chosen = this.#accounts.choose(context);
    return chosen instanceof Promise
      ? whenMade(chosen).then((account) => this.#pass(request, account))
      : this.#pass(request, chosen);
  }

  #pass(request: object, account: OpenAccount | undefined): boolean | Promise<boolean> {
    if (account === undefined) throw this.#refused('', 'malformed');
    const verifier = account.get(CallbackVerifier);
    try {
      return passed(request, account.name, verifier.verifyUrl(addressOf(request)));
    } catch (thrown) {
      const fault = faultOf(thrown);
      // Only for keys of a provider there may be news; otherwise nobody waits.
      const news = fault === 'mismatch' ? verifier.newKeys?.() : undefined;
      if (news === undefined) throw this.#refused(account.name, fault);
      return news.then((changed) => {
        if (!changed) throw this.#refused(account.name, fault);
        return this.#passedNow(request, account.name, verifier);
      });
    }
  }

  #passedNow(request: object, account: string, verifier: CallbackVerifier): boolean {
    try {
      return passed(request, account, verifier.verifyUrl(addressOf(request)));
    } catch (thrown) {
      throw this.#refused(account, faultOf(thrown));
    }
  }

  #refused(account: string, reason: GlomopaySignatureFault): GlomopayCallbackRejectedException {
    this.#refusals.count(reason);
    publishCallback({ account, result: 'refused', reason });
    return new GlomopayCallbackRejectedException(reason);
  }
}

function passed(request: object, account: string, callback: GlomopayCallback): true {
  attachCallback(request, callback);
  const { orderId, paymentId, status } = callback;
  publishCallback({ account, result: 'accepted', orderId, paymentId, status });
  return true;
}

/** @throws what is no refusal. */
function faultOf(thrown: unknown): GlomopaySignatureFault {
  if (thrown instanceof GlomopaySignatureError) return thrown.reason;
  throw thrown;
}

/** The address as it came in: mounted routers of Express shorten `url`. */
function addressOf(request: object): string {
  const original: unknown = Reflect.get(request, 'originalUrl') ?? Reflect.get(request, 'url');
  return typeof original === 'string' ? original : '';
}
