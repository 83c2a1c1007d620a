import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  InternalServerErrorException,
} from '@nestjs/common';
import type { AccountChoice } from '../config/glomopay-accounts.js';
import type { OpenAccount } from '../config/run-time-accounts.js';
import { GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import { whenMade } from '../edge/when-made.js';
import { httpRequestOf } from '../edge/http-request.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { DecodedEvent } from './decoded-event.js';
import { deliveryAnswers } from './delivery-answers.js';
import { DeliveryJudge } from './delivery-judge.js';
import { readEvent } from './read-event.js';
import { attachEvent } from './verified-webhook.decorator.js';
import { GlomopayWebhookRejectedException } from './webhook-rejected.exception.js';
import { bodyIn, RAW_BODY_ADVICE, shouldHaveRawBody, signatureOf } from './webhook-request.js';
import { asBytes, newSecretsFor, WebhookVerifier } from './webhook-verifier.js';

/**
 * Lets a webhook message pass only when its signature holds, on Express and on Fastify alike. Needs
 * the bytes as they came: `NestFactory.create(AppModule, { rawBody: true })`, or a parser that leaves
 * them in `request.body`. `@GlomopayAccount()` on the route names the account whose secrets count.
 *
 * What is signed passes, also where it cannot be read as an event; its type is `unknown.unknown` then.
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
  readonly #judge = new DeliveryJudge();

  constructor(@Inject(GLOMOPAY_ACCOUNTS) accounts: AccountChoice) {
    this.#accounts = accounts;
  }

  /**
   * At once, unless the account has yet to be made, or a provider has yet to say its keys of now.
   *
   * @throws {GlomopayConfigurationError} on a handler that is none of an HTTP route.
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = httpRequestOf(context, 'WebhookSignatureGuard');
    const chosen = this.#accounts.choose(context);
    return chosen instanceof Promise
      ? this.#made(chosen).then((account) => this.#pass(context, request, account))
      : this.#pass(context, request, chosen);
  }

  /** An account whose options are unusable cannot verify, and its operator hears of it. */
  #made(chosen: Promise<OpenAccount | undefined>): Promise<OpenAccount | undefined> {
    return whenMade(chosen).catch((thrown: unknown) => {
      if (thrown instanceof GlomopayConfigurationError) {
        this.#judge.refuseUnready('', thrown.faults.join('; '));
      }
      throw exceptionFor(thrown);
    });
  }

  #pass(
    context: ExecutionContext,
    request: object,
    account: OpenAccount | undefined,
  ): boolean | Promise<boolean> {
    const body = bodyIn(request);
    const name = account?.name ?? '';
    const passed = (): true => {
      const event = readEvent(asBytes(body));
      attachEvent(request, event);
      const response: unknown = context.switchToHttp().getResponse();
      this.#judge.pass(name, event, response, DecodedEvent.faultOf(event));
      return true;
    };
    let verifying: Promise<void> | undefined;
    try {
      verifying = this.#judge.verify(
        name,
        body,
        () => this.#assertSigned(request, account, body),
        () => newSecretsFor(signatureOf(request), verifierOf(account)),
      );
    } catch (thrown) {
      throw exceptionFor(thrown);
    }
    if (verifying === undefined) return passed();
    return verifying.then(passed, (thrown: unknown) => {
      throw exceptionFor(thrown);
    });
  }

  #assertSigned(
    request: object,
    account: OpenAccount | undefined,
    body: Uint8Array | string | undefined,
  ): void {
    if (body === undefined && shouldHaveRawBody(request)) {
      throw new GlomopayConfigurationError([RAW_BODY_ADVICE]);
    }
    if (body === undefined || body.length === 0) throw malformed('there is no body');
    verifierOf(account).assertSigned(body, signatureOf(request));
  }
}

function verifierOf(account: OpenAccount | undefined): WebhookVerifier {
  if (account === undefined) throw malformed('the request leads to no account');
  return account.get(WebhookVerifier);
}

/** A fault that lies here is 500: the gateway is not told that its message is bad, and tries again. */
function exceptionFor(thrown: unknown): unknown {
  if (thrown instanceof GlomopaySignatureError) {
    return new GlomopayWebhookRejectedException(thrown.reason);
  }
  return thrown instanceof GlomopayConfigurationError
    ? new InternalServerErrorException(deliveryAnswers.setup.message)
    : thrown;
}

function malformed(detail: string): GlomopaySignatureError {
  return new GlomopaySignatureError('malformed', detail);
}
