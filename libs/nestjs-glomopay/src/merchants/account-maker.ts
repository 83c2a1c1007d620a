import { Inject, Injectable, Logger, type InjectionToken } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AccountContainer } from '../config/account-container.js';
import { AccountGate } from '../config/account-gate.js';
import type { AccountOptions } from '../config/account-source.js';
import type { Clock } from '../config/clock.js';
import { GlomopayAccounts } from '../config/glomopay-accounts.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import {
  GLOMOPAY_ACCOUNT,
  GLOMOPAY_AGENTS,
  GLOMOPAY_CLOCK,
  GLOMOPAY_CONFIG,
  GLOMOPAY_GATE,
  GLOMOPAY_HTTP,
  GLOMOPAY_MODULE_OPTIONS,
} from '../config/glomopay.tokens.js';
import { isUnanswered } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';
import { isGlomopayError } from '../errors/any-glomopay.error.js';
import { cleanCause } from '../errors/clean-cause.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { GlomopayError } from '../errors/glomopay.error.js';
import { SharedAgents } from '../http/shared-agents.js';
import {
  GLOMOPAY_TRACKING_ACCOUNT,
  GLOMOPAY_TRACKING_CONFIG,
} from '../tracking/config/tracking.tokens.js';
import { WorkEngine } from '../tracking/engine/work-engine.js';
import { TrackingStore } from '../tracking/store/tracking-store.js';
import { Seldom } from '../values/seldom.js';
import { trackingOfOne, type TrackingOfOne } from './account-tracking.js';
import { GivenOptions } from './given-options.js';
import { MadeAccount } from './made-account.js';
import { madeAtOnce, merchantBlueprint } from './merchant-providers.js';
import { MerchantWakes } from './merchant-wakes.js';
import { GLOMOPAY_MERCHANTS_CONFIG, GLOMOPAY_MERCHANTS_HTTP } from '../config/merchants.tokens.js';
import type { MerchantsConfig } from './merchants-options.js';

const SAY_EVERY_MS = 60 * 60_000;
/** While a vault is down its every failure is told to who asks, and one a minute is logged. */
const QUIET_MS = 60_000;

/** What the merchant of a name sends through. */
export type HttpOf = (account: string) => object;

/** Makes accounts: each of the lists that registered ones are made of, with what the application shares. */
@Injectable()
export class AccountMaker {
  readonly #logger = new Logger('Glomopay');
  readonly #seldom = new Seldom(SAY_EVERY_MS);
  readonly #faults = new Seldom(QUIET_MS);
  readonly #config: MerchantsConfig;
  readonly #modules: ModulesContainer;
  readonly #clock: Clock;
  readonly #agents: SharedAgents;
  readonly #accounts: GlomopayAccounts;
  readonly #httpOf: HttpOf | null;

  constructor(
    @Inject(GLOMOPAY_MERCHANTS_CONFIG) config: MerchantsConfig,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
    @Inject(SharedAgents) agents: SharedAgents,
    @Inject(GlomopayAccounts) accounts: GlomopayAccounts,
    @Inject(GLOMOPAY_MERCHANTS_HTTP) httpOf: HttpOf | null,
  ) {
    this.#config = config;
    this.#modules = modules;
    this.#clock = clock;
    this.#agents = agents;
    this.#accounts = accounts;
    this.#httpOf = httpOf;
  }

  /**
   * Makes an account with all its services; it has not begun.
   *
   * @throws {GlomopayConfigurationError} its options are unusable; names options and no value.
   * @throws {GlomopayAccountUnavailableError} something that its options refer to has failed, such as a
   *   provider of keys.
   */
  async make(name: string, options: AccountOptions): Promise<MadeAccount> {
    const tracking = trackingOfOne(this.#config.tracking, options);
    const sealed = new SealedOptions(options, [tracking]);
    const isTracked = this.#config.tracking !== undefined;
    const gate = new AccountGate(() => {
      account.usedAt = this.#clock.now();
    });
    const container = new AccountContainer(
      merchantBlueprint(isTracked),
      this.#given(name, sealed, gate, tracking.own),
    );
    const given = new GivenOptions(options);
    const account = new MadeAccount({ name, options: given, container, gate, isTracked });
    account.usedAt = this.#clock.now();
    try {
      for (const token of madeAtOnce(isTracked)) await container.resolve(token);
    } catch (thrown) {
      await container.end();
      throw isGlomopayError(thrown) ? this.#unanswered(name, thrown) : failed(thrown);
    }
    const { warnings } = container.get(GLOMOPAY_CONFIG) as GlomopayConfig;
    for (const warning of warnings) this.#warn(`account ${name}: ${warning}`);
    return account;
  }

  #given(
    name: string,
    options: SealedOptions,
    gate: AccountGate,
    own: Partial<TrackingOfOne>,
  ): ReadonlyMap<InjectionToken, unknown> {
    const { tracking } = this.#config;
    const given = new Map<InjectionToken, unknown>([
      [GLOMOPAY_MODULE_OPTIONS, options],
      [GLOMOPAY_ACCOUNT, name],
      [GLOMOPAY_GATE, gate],
      [GLOMOPAY_AGENTS, this.#agents],
      [GLOMOPAY_CLOCK, this.#clock],
      [GlomopayAccounts, this.#accounts.fixedTo(name)],
      [ModulesContainer, this.#modules],
    ]);
    if (this.#httpOf !== null) given.set(GLOMOPAY_HTTP, this.#httpOf(name));
    if (tracking === undefined) return given;
    const { store, engine, ...settings } = tracking;
    return given
      .set(GLOMOPAY_TRACKING_ACCOUNT, name)
      .set(GLOMOPAY_TRACKING_CONFIG, {
        ...settings,
        ...own,
        account: name,
        atRunTime: 'one',
        place: gate,
      })
      .set(TrackingStore, store)
      .set(WorkEngine, new MerchantWakes(engine));
  }

  /** A vault that gives no keys just now is no fault of the options: whoever asks may come again. */
  #unanswered(name: string, error: GlomopayError): GlomopayError {
    if (!(error instanceof GlomopayConfigurationError) || !isUnanswered(error)) {
      return withName(name, error);
    }
    const fault = error.faults.join('; ');
    if (this.#faults.mayBeSaid(fault)) {
      this.#logger.error(`the account ${name} cannot be made now: ${fault}`);
    }
    return new GlomopayAccountUnavailableError(`${fault}; see to it`);
  }

  #warn(warning: string): void {
    if (this.#seldom.mayBeSaid(warning)) this.#logger.warn(warning);
  }
}

/** Of thousands of accounts the log has to say which one it is. */
function withName(name: string, thrown: GlomopayError): GlomopayError {
  return thrown instanceof GlomopayConfigurationError
    ? new GlomopayConfigurationError(thrown.faults.map((fault) => `account ${name}: ${fault}`))
    : thrown;
}

function failed(thrown: unknown): GlomopayAccountUnavailableError {
  return new GlomopayAccountUnavailableError('what its options refer to has failed; see to it', {
    cause: cleanCause(thrown),
  });
}
