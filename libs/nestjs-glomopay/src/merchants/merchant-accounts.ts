import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import {
  isRunTimeName,
  type AccountOptions,
  type AccountRegistration,
} from '../config/account-source.js';
import type { Clock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { moduleAccounts } from '../config/module-accounts.js';
import {
  serveAccounts,
  type OpenAccount,
  type RunTimeAccounts,
} from '../config/run-time-accounts.js';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { AccountMaker } from './account-maker.js';
import { ClosingAccounts } from './closing-accounts.js';
import type { MadeAccount } from './made-account.js';
import type { MerchantsConfig } from './merchants-options.js';
import { GLOMOPAY_MERCHANTS_CONFIG } from '../config/merchants.tokens.js';
import { OpenAccounts } from './open-accounts.js';
import { namesLeftIn } from './names-left.js';
import { Orphans } from './orphans.js';
import { registrationParts } from './registration-parts.js';
import { Remembered } from './remembered.js';
import { SourceQuestions } from './source-questions.js';

/** What has failed is tried again after this time, however many ask meanwhile. */
const FAILED_FOR_MS = 1_000;
const MOST_FAILED = 10_000;
/** Each that is closed while it is made is made once more; a source that does so itself would do it for ever. */
const MOST_MAKINGS = 10;

/** A making that goes on; void when the account was closed meanwhile, so that its result is old. */
interface Making {
  readonly made: Promise<MadeAccount | undefined>;
  /** How many were void before, one after the other. */
  readonly before: number;
  isVoid: boolean;
}

/**
 * The accounts that an application makes while it runs: those that were registered stay, those of the
 * source are made at first use and closed when nobody uses them.
 */
@Injectable()
export class MerchantAccounts implements RunTimeAccounts {
  readonly orphans = new Orphans();
  readonly #logger = new Logger('Glomopay');
  readonly #modules: ModulesContainer;
  readonly #tracking: MerchantsConfig['tracking'];
  readonly #maker: AccountMaker;
  readonly #questions: SourceQuestions;
  readonly #failures: Remembered<unknown>;
  readonly #registered = new Map<string, MadeAccount>();
  readonly #registering = new Map<string, Promise<void>>();
  readonly #open: OpenAccounts;
  readonly #making = new Map<string, Making>();
  readonly #closing = new ClosingAccounts();
  #hasBegun = false;
  #hasEnded = false;

  constructor(
    @Inject(GLOMOPAY_MERCHANTS_CONFIG) config: MerchantsConfig,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(AccountMaker) maker: AccountMaker,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#modules = modules;
    this.#tracking = config.tracking;
    this.#maker = maker;
    this.#questions = new SourceQuestions(config, clock);
    this.#failures = new Remembered(MOST_FAILED, () => clock.now());
    this.#open = new OpenAccounts(config, clock, (account) => this.#closing.close(account));
    serveAccounts(modules, this);
  }

  registeredNames(): readonly string[] {
    return [...this.#registered.keys()];
  }

  openNames(): readonly string[] {
    return [...this.#registered.keys(), ...this.#open.names()];
  }

  orphanedNames(): readonly string[] {
    return this.orphans.names();
  }

  async namesLeft(): Promise<readonly string[] | undefined> {
    const names = await namesLeftIn(this.#tracking?.store);
    const ofModules = moduleAccounts(this.#modules);
    return names?.filter((name) => isRunTimeName(name) && !ofModules.includes(name));
  }

  opened(name: string): MadeAccount | undefined {
    return this.#registered.get(name) ?? this.#open.fresh(name);
  }

  registered(name: string): MadeAccount | undefined {
    return this.#registered.get(name);
  }

  open(name: string): Promise<MadeAccount | undefined> {
    return this.#opened(name, 0);
  }

  async #opened(name: string, before: number): Promise<MadeAccount | undefined> {
    if (this.#hasEnded) throw ended();
    if (!isRunTimeName(name)) return undefined;
    const opened = this.opened(name);
    if (opened !== undefined) return opened;
    const making = this.#making.get(name);
    if (making !== undefined) return making.made;
    if (this.#questions.isUnknown(name) || moduleAccounts(this.#modules).includes(name)) {
      return undefined;
    }
    const failure = this.#failures.get(name);
    if (failure !== undefined) throw failure;
    return this.#make(name, before);
  }

  async use<T>(name: string, work: (account: OpenAccount | undefined) => Promise<T>): Promise<T> {
    let account = this.opened(name) ?? (await this.open(name));
    while (account?.isClosing === true) account = await this.open(name);
    const opened = account;
    return opened === undefined ? work(undefined) : opened.during(() => work(opened));
  }

  /** Works with one that is open, which is no use of it: it is closed when idle all the same. */
  async beside(name: string, work: (account: OpenAccount) => Promise<void>): Promise<void> {
    const account = this.#registered.get(name) ?? this.#open.peek(name);
    if (account?.isClosing === false) await account.during(() => work(account));
  }

  async register(registration: AccountRegistration): Promise<void> {
    if (this.#hasEnded) throw ended();
    const { name, options } = registrationParts(registration);
    if (this.#registered.has(name) || this.#registering.has(name)) {
      throw configuration(`name: the account ${name} is registered already; unregister it first`);
    }
    const registering = this.#register(name, options);
    this.#registering.set(name, registering);
    try {
      await registering;
    } finally {
      this.#registering.delete(name);
    }
    void this.#forget(name);
  }

  async unregister(name: string): Promise<boolean> {
    // What is being registered would be there a moment later, and nobody would take it back.
    const registering = this.#registering.get(name);
    if (registering !== undefined) await registering.catch(() => undefined);
    const account = this.#registered.get(name);
    if (account === undefined) return false;
    this.#registered.delete(name);
    void this.#forget(name);
    await this.#end(account, this.#closing.close(account));
    return true;
  }

  async invalidate(name: string): Promise<void> {
    const account = this.#open.peek(name);
    await this.#end(account, this.#forget(name));
  }

  /** The application has started: handlers are known now. */
  async begin(): Promise<void> {
    this.#hasBegun = true;
    const open = [...this.#registered.values(), ...this.#open.accounts()];
    await Promise.all(open.map((account) => account.begin()));
  }

  /** Closes every account; none is made any more. Never rejects. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#open.end();
    await Promise.allSettled([
      ...[...this.#making.values()].map(({ made }) => made),
      ...this.#registering.values(),
    ]);
    await this.#closing.closeAll([...this.#registered.values(), ...this.#open.accounts()]);
    this.#registered.clear();
    this.#open.clear();
  }

  /** Waits for the end of an account; but not whoever works for it: the account would wait for that one. */
  async #end(account: MadeAccount | undefined, closing: Promise<void>): Promise<void> {
    if (account?.isUsedByCaller !== true) await closing;
  }

  async #register(name: string, options: AccountOptions): Promise<void> {
    const account = await this.#begun(await this.#maker.make(name, options));
    this.#registered.set(name, account);
  }

  async #make(name: string, before: number): Promise<MadeAccount | undefined> {
    const made = Promise.resolve().then(() => this.#made(name, making));
    const making: Making = { made, before, isVoid: false };
    this.#making.set(name, making);
    try {
      return await made;
    } catch (thrown) {
      if (!making.isVoid) this.#failures.keep(name, thrown, FAILED_FOR_MS);
      throw thrown;
    } finally {
      if (this.#making.get(name) === making) this.#making.delete(name);
    }
  }

  async #made(name: string, making: Making): Promise<MadeAccount | undefined> {
    const options = await this.#ask(name);
    if (making.isVoid) return this.#again(name, making);
    if (options === 'as before') return this.#open.standing(name);
    if (options === undefined) {
      this.#open.close(name);
      return undefined;
    }
    const stands = this.#open.confirm(name, options);
    if (stands !== undefined) return stands;
    const account = await this.#begun(await this.#maker.make(name, options));
    if (making.isVoid) {
      await this.#closing.close(account);
      return this.#again(name, making);
    }
    this.#open.add(account);
    return account;
  }

  #again(name: string, { before }: Making): Promise<MadeAccount | undefined> {
    if (before < MOST_MAKINGS) return this.#opened(name, before + 1);
    throw new GlomopayAccountUnavailableError(
      'it was closed again and again while it was made; see to it that nobody calls invalidate() as often, such as find() of the source',
    );
  }

  /** A source that fails leaves those for a while that are open. */
  async #ask(name: string): Promise<AccountOptions | 'as before' | undefined> {
    try {
      return await this.#questions.ask(name);
    } catch (thrown) {
      if (this.#open.mayStand(name)) return 'as before';
      throw thrown;
    }
  }

  async #begun(account: MadeAccount): Promise<MadeAccount> {
    try {
      if (this.#hasEnded) throw ended();
      if (this.#hasBegun) await account.begin();
      return account;
    } catch (thrown) {
      await this.#closing.close(account);
      throw thrown instanceof GlomopayAccountUnavailableError ||
        thrown instanceof GlomopayConfigurationError
        ? thrown
        : new GlomopayAccountUnavailableError('its store cannot be asked; see to the database');
    }
  }

  /** What is known of a name is known no more, and what is being made is not taken. */
  #forget(name: string): Promise<void> {
    this.#questions.forget(name);
    this.#failures.forget(name);
    const making = this.#making.get(name);
    if (making !== undefined) making.isVoid = true;
    this.#making.delete(name);
    const closing = this.#open.close(name);
    closing.catch((thrown: unknown) => this.#logger.error(thrown));
    return closing;
  }
}

function ended(): GlomopayAccountUnavailableError {
  return new GlomopayAccountUnavailableError('the application is about to end');
}

function configuration(fault: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([fault]);
}
