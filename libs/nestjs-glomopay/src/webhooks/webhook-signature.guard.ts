import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  InternalServerErrorException,
} from '@nestjs/common';
import type { AccountChoice } from '../config/glomopay-accounts.js';
import { GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import { publishWebhook } from '../diagnostics/webhook-message.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopaySignatureError, type GlomopaySignatureFault } from '../errors/signature.error.js';
import { RefusalLog } from '../signing/refusal-log.js';
import type { GlomopayEvent } from './glomopay-event.js';
import { attachEvent } from './verified-webhook.decorator.js';
import { GlomopayWebhookRejectedException } from './webhook-rejected.exception.js';
import { RAW_BODY_ADVICE, rawBodyIn, shouldHaveRawBody, signatureOf } from './webhook-request.js';
import { WebhookVerifier } from './webhook-verifier.js';

/**
 * Lets a webhook message pass only when its signature holds, on Express and on Fastify alike. Needs
 * the raw body: `NestFactory.create(AppModule, { rawBody: true })`. `@GlomopayAccount()` on the route
 * names the account whose secrets count.
 *
 * @example
 * @Post('webhooks/glomopay')
 * @UseGuards(WebhookSignatureGuard)
 * receive(@VerifiedWebhook() event: GlomopayEvent) {}
 */
@Injectable()
@Named('WebhookSignatureGuard')
export class WebhookSignatureGuard implements CanActivate {
  readonly #accounts: AccountChoice;
  readonly #refusals = new RefusalLog('webhook');

  constructor(@Inject(GLOMOPAY_ACCOUNTS) accounts: AccountChoice) {
    this.#accounts = accounts;
  }

  canActivate(context: ExecutionContext): boolean {
    const request: object = context.switchToHttp().getRequest<object>();
    const body = rawBodyIn(request);
    if (body === undefined && shouldHaveRawBody(request)) throw this.#unverifiable(RAW_BODY_ADVICE);
    if (body === undefined || body.length === 0) throw this.#refused('malformed');
    const account = this.#accounts.of(context);
    if (account === undefined) throw this.#refused('malformed');
    const event = this.#verified(account, body, signatureOf(request));
    attachEvent(request, event);
    publishWebhook({ account, result: 'accepted', type: event.type });
    return true;
  }

  #verified(account: string, body: Uint8Array, signature: unknown): GlomopayEvent {
    try {
      return this.#accounts.get(account, WebhookVerifier).verify(body, signature);
    } catch (thrown) {
      if (thrown instanceof GlomopaySignatureError) {
        publishWebhook({ account, result: 'refused', reason: thrown.reason });
        throw this.#refused(thrown.reason);
      }
      if (!(thrown instanceof GlomopayConfigurationError)) throw thrown;
      throw this.#unverifiable(thrown.faults.join('; '));
    }
  }

  #refused(reason: GlomopaySignatureFault): GlomopayWebhookRejectedException {
    this.#refusals.count(reason);
    return new GlomopayWebhookRejectedException(reason);
  }

  /** The fault is here, so the gateway is not told that its message is bad: it will try again. */
  #unverifiable(advice: string): InternalServerErrorException {
    this.#refusals.countUnverifiable(advice);
    return new InternalServerErrorException('Webhooks cannot be verified here');
  }
}
