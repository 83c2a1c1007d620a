import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_ACCOUNT, GLOMOPAY_CONFIG } from '../config/glomopay.tokens.js';
import type { KeyRefresh, KeyRing, KeyRingState } from '../config/key-ring.js';
import { publishKeys, type GlomopayKeysMessage } from '../diagnostics/keys-message.js';
import { Named } from '../errors/named.decorator.js';
import { Seldom } from '../values/seldom.js';

/** While a vault is down its every failure is counted, and one a minute is logged. */
const QUIET_MS = 60_000;

/** What is known of the keys of an option; none of it is a key. */
export interface GlomopayKeyState {
  /** `fixed`: given as texts, so they never change; `provider`: read again and again. */
  readonly source: 'fixed' | 'provider';
  /** How many there are; the first signs. */
  readonly present: number;
  /** How many the provider no longer gives, which verify for a while all the same. */
  readonly older: number;
  /** When the last reading brought usable keys; undefined for fixed ones. */
  readonly readAt: Date | undefined;
  /**
   * Why the last reading brought none, so that those before it stay; in words of the library's own.
   * Undefined: it brought some.
   */
  readonly fault: string | undefined;
}

/** What is known of the keys of an account. */
export interface GlomopayKeyStates {
  readonly secretKey: GlomopayKeyState;
  /** Undefined: the account has none. */
  readonly webhookSecret: GlomopayKeyState | undefined;
}

/**
 * The keys of an account while the application runs: whether they are fresh, and a way to have them
 * read now. It gives out no key.
 *
 * @example
 * constructor(@Inject(GlomopayKeys) private readonly keys: GlomopayKeys) {}
 */
@Injectable()
@Named('GlomopayKeys')
export class GlomopayKeys implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Glomopay');
  readonly #seldom = new Seldom(QUIET_MS);
  readonly #secretKeys: KeyRing;
  readonly #webhookSecrets: KeyRing | undefined;
  readonly #account: string;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GLOMOPAY_ACCOUNT) account: string,
  ) {
    this.#secretKeys = config.secretKeys;
    this.#webhookSecrets = config.webhookSecrets;
    this.#account = account;
  }

  /** Asks nobody. */
  look(): GlomopayKeyStates {
    return {
      secretKey: stateOf(this.#secretKeys.state()),
      webhookSecret: this.#webhookSecrets && stateOf(this.#webhookSecrets.state()),
    };
  }

  /** Has the providers read now, and tells how that went. Fixed keys stay as they are. Never rejects. */
  async refresh(): Promise<GlomopayKeyStates> {
    await Promise.all([this.#secretKeys.news('asked'), this.#webhookSecrets?.news('asked')]);
    return this.look();
  }

  /** Providers are followed from here on: a boot that fails before leaves nothing behind. */
  onModuleInit(): void {
    this.#secretKeys.open((refresh) => this.#tell('secretKey', refresh));
    this.#webhookSecrets?.open((refresh) => this.#tell('webhookSecret', refresh));
  }

  /** The last of the hooks: calls that are under way may still need a fresh key. */
  onApplicationShutdown(): void {
    this.#secretKeys.close();
    this.#webhookSecrets?.close();
  }

  #tell(option: GlomopayKeysMessage['option'], refresh: KeyRefresh): void {
    const account = this.#account;
    const { result, fault } = refresh;
    const whose = `${option} of the account ${account}`;
    if (result === 'changed') this.#logger.log(`${whose} has changed, as its provider says`);
    if (fault !== undefined && this.#seldom.mayBeSaid(option)) {
      this.#logger.error(`${whose} was not refreshed, so the keys before stay: ${fault}`);
    }
    publishKeys({ account, option, ...refresh });
  }
}

function stateOf({ readAt, ...state }: KeyRingState): GlomopayKeyState {
  return { ...state, readAt: readAt === undefined ? undefined : new Date(readAt) };
}
