import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { HmacVerifier } from '../signing/hmac-verifier.js';
import type { RouteReceiver } from '../tracking/route/mounted-route.js';
import type { ReceivedBody } from '../tracking/route/received-body.js';
import { refusal, type WebhookAnswer } from '../tracking/route/webhook-answer.js';
import { WebhookReceiver } from '../tracking/route/webhook-receiver.js';
import type { WebhookRouteOptions } from '../tracking/route/webhook-route-options.js';
import { DeliveryJudge } from '../webhooks/delivery-judge.js';
import { signatureOf } from '../webhooks/webhook-request.js';
import { WebhookVerifier } from '../webhooks/webhook-verifier.js';
import { AccountMaker } from './account-maker.js';
import { MerchantAccounts } from './merchant-accounts.js';
import { GLOMOPAY_MERCHANTS_ROUTE } from '../config/merchants.tokens.js';

const KEY_BYTES = 32;

/**
 * Takes the deliveries of all accounts that are made at run time. Who asks for an account that nobody
 * knows gets the answer of a wrong signature, after the same work: the route tells nobody which accounts
 * there are.
 */
@Injectable()
export class MerchantReceiver implements RouteReceiver {
  readonly #accounts: MerchantAccounts;
  readonly #maker: AccountMaker;
  readonly #judge = new DeliveryJudge();
  readonly #part: number;
  #decoy: Promise<WebhookVerifier> | undefined;

  constructor(
    @Inject(MerchantAccounts) accounts: MerchantAccounts,
    @Inject(AccountMaker) maker: AccountMaker,
    @Inject(GLOMOPAY_MERCHANTS_ROUTE) route: WebhookRouteOptions | null,
  ) {
    this.#accounts = accounts;
    this.#maker = maker;
    this.#part = route?.path.split('/').indexOf(':account') ?? 0;
  }

  async receive(request: object, body: ReceivedBody | undefined): Promise<WebhookAnswer> {
    try {
      const name = this.#nameIn(request);
      // For what nobody can have signed no source is asked.
      if (!isSigned(request, body) && this.#accounts.opened(name) === undefined) {
        return await this.#refuse(request, body);
      }
      return await this.#accounts.use(name, async (account) =>
        account === undefined
          ? this.#refuse(request, body)
          : account.get(WebhookReceiver).receive(request, body),
      );
    } catch (thrown) {
      return this.#unready(thrown);
    }
  }

  keptOut(): void {
    this.#judge.refuse('', 'kept_out');
  }

  /** Verified all the same, under a secret that nobody has. */
  async #refuse(request: object, body: ReceivedBody | undefined): Promise<WebhookAnswer> {
    const decoy = await (this.#decoy ??= this.#makeDecoy());
    if (body === undefined) return refusal('setup');
    if ('fault' in body) {
      this.#judge.refuse('', body.fault);
      return refusal(body.fault);
    }
    const { bytes } = body;
    try {
      const refuse = (): never => {
        decoy.assertSigned(bytes, signatureOf(request));
        throw new GlomopaySignatureError('mismatch', 'the request leads to no account');
      };
      await this.#judge.verify('', bytes, refuse, () => undefined);
    } catch (thrown) {
      if (thrown instanceof GlomopaySignatureError) return refusal(thrown.reason);
    }
    return refusal('mismatch');
  }

  /** By the same way as every account, so that its verification is the same. */
  async #makeDecoy(): Promise<WebhookVerifier> {
    const account = await this.#maker.make('nobody', {
      secretKey: secret(),
      webhookSecret: secret(),
    });
    return account.get(WebhookVerifier);
  }

  /** What cannot be verified now is not refused for ever: the gateway delivers it again. */
  #unready(thrown: unknown): WebhookAnswer {
    if (thrown instanceof GlomopayConfigurationError) {
      this.#judge.refuseUnready('', thrown.faults.join('; '));
      return refusal('setup');
    }
    if (!(thrown instanceof GlomopayAccountUnavailableError)) return refusal('not_stored');
    this.#judge.conclude('', 'not_stored');
    return refusal('not_stored');
  }

  /** By the address that the route has matched; a name needs no decoding, so one that has is nobody's. */
  #nameIn(request: object): string {
    const url: unknown = Reflect.get(request, 'url');
    const [path = ''] = (typeof url === 'string' ? url : '').split('?', 1);
    return path.split('/')[this.#part] ?? '';
  }
}

function isSigned(request: object, body: ReceivedBody | undefined): boolean {
  return (
    body !== undefined && !('fault' in body) && HmacVerifier.isWellFormed(signatureOf(request))
  );
}

function secret(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}
