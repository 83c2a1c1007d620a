import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_ACCOUNT, GLOMOPAY_CONFIG } from '../config/glomopay.tokens.js';
import type { KeyRing } from '../config/key-ring.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { HmacVerifier } from '../signing/hmac-verifier.js';
import { isId, type PaymentId } from '../values/ids.js';
import { asVerified, type GlomopayCallback } from './callback.js';
import { parametersOf, parametersOfUrl, type CallbackParameters } from './callback-query.js';

const MAX_ERROR_TEXT = 256;

/**
 * What may be signed: each of the three parts by its grammar. One test for all of them is enough: no
 * part can contain the bar, so a text that passes has exactly these three.
 */
const SIGNED = /^(?:order|sub)_[A-Za-z0-9_-]{1,64}\|payt_[A-Za-z0-9_-]{1,64}\|(?:success|failed)$/;

/**
 * Verifies what the buyer's browser brings back, without HTTP: HMAC-SHA256 over
 * `order_id|payment_id|status` under any active secret key (docs/gateway.md, Callback).
 */
@Injectable()
@Named('CallbackVerifier')
export class CallbackVerifier {
  readonly #hmac: HmacVerifier;
  readonly #keys: KeyRing;

  /** Name of the merchant account whose keys it knows; `default` for the unnamed one. */
  readonly account: string;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GLOMOPAY_ACCOUNT) account = 'default',
  ) {
    this.#keys = config.secretKeys;
    this.#hmac = new HmacVerifier(config.secretKeys);
    this.account = account;
  }

  /**
   * Verifies a parsed query, or the payload of the checkout SDK's success event.
   *
   * @throws {GlomopaySignatureError} `malformed`: a part is missing, repeated or ill-formed, and
   *   nothing was computed; `mismatch`: no active key has signed it.
   */
  verify(query: unknown): GlomopayCallback {
    return this.#verify(parametersOf(query));
  }

  /** Verifies the raw address of a request, path and query. Same errors as {@link verify}. */
  verifyUrl(url: string): GlomopayCallback {
    return this.#verify(parametersOfUrl(url));
  }

  /**
   * Asks the provider of the keys for other ones, after a `mismatch`: the message may be signed by a key
   * that was made a moment ago. True: the keys have changed, so verify again. Undefined: there is
   * nobody to ask, or it was asked within ten seconds without news. The guard does this by itself.
   */
  newKeys(): Promise<boolean> | undefined {
    return this.#keys.news('unknown_signature');
  }

  #verify(parameters: CallbackParameters | undefined): GlomopayCallback {
    if (parameters === undefined) throw malformed('a parameter is repeated or is not one text');
    const { orderId, paymentId, status, signature, error } = parameters;
    const message = `${orderId}|${paymentId}|${status}`;
    if (!SIGNED.test(message)) throw malformed(faultOf(parameters));
    // A signature that is not 64 lower-case hex digits is refused there before anything is computed.
    if (!this.#hmac.matches(message, signature)) {
      throw HmacVerifier.isWellFormed(signature)
        ? new GlomopaySignatureError('mismatch', 'no active key has made this signature')
        : malformed('signature is missing or not 64 lower-case hex digits');
    }
    const callback = {
      orderId: orderId as string,
      paymentId: paymentId as PaymentId,
      status: status as GlomopayCallback['status'],
    };
    return asVerified(error === undefined ? callback : { ...callback, error: plainText(error) });
  }
}

/** Which part is missing or ill-formed. */
function faultOf({ orderId, paymentId }: CallbackParameters): string {
  if (!isId('order', orderId) && !isId('subscription', orderId)) {
    return 'order_id is missing or not an order or subscription id';
  }
  if (!isId('payment', paymentId)) return 'payment_id is missing or not a payment id';
  return 'status is missing or neither success nor failed';
}

function malformed(detail: string): GlomopaySignatureError {
  return new GlomopaySignatureError('malformed', detail);
}

/** Unsigned text from a browser: nothing invisible, no line breaks, no halved pairs, not long. */
function plainText(text: string): string {
  return text.slice(0, MAX_ERROR_TEXT).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
