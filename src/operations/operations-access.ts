import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ShopSettings } from '../config/shop-settings.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';

const PASSWORD_BYTES = 18;

/**
 * Who may open the operations page: whoever has the token. Without one nobody may, except that with
 * the sandbox inside this process, where no real money moves, a token is made for this start.
 */
@Injectable()
export class OperationsAccess {
  /** Compared by their hashes, which have one length whatever was typed. */
  readonly #hash: Buffer | undefined;
  readonly #made: string | undefined;

  constructor(
    @Inject(ShopSettings) settings: Pick<ShopSettings, 'operationsToken'>,
    @Inject(GatewayAccount) account: Pick<GatewayAccount, 'isLocal'>,
  ) {
    const chosen = settings.operationsToken();
    this.#made =
      chosen === undefined && account.isLocal
        ? randomBytes(PASSWORD_BYTES).toString('base64url')
        : undefined;
    const token = chosen ?? this.#made;
    this.#hash = token === undefined ? undefined : hashOf(token);
  }

  /** Whether there is an operations page at all. */
  get isPossible(): boolean {
    return this.#hash !== undefined;
  }

  admits(password: string): boolean {
    return this.#hash !== undefined && timingSafeEqual(this.#hash, hashOf(password));
  }

  /** The password that was made for this start, to be told to whoever started the shop. */
  passwordMadeAtStart(): string | undefined {
    return this.#made;
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
