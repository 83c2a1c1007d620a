import {
  type ExecutionContext,
  Inject,
  Injectable,
  type InjectionToken,
  type Type,
} from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { GlomopayAccountUnknownError } from '../errors/account-unknown.error.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import type { AccountRegistration } from './account-source.js';
import { accountMark, type AccountOf } from './glomopay-account.decorator.js';
import { DEFAULT_ACCOUNT, getGlomopayToken } from './glomopay.tokens.js';
import { moduleAccounts } from './module-accounts.js';
import { runTimeAccountsOf, type OpenAccount, type RunTimeAccounts } from './run-time-accounts.js';

/** What more there is to know where accounts are made at run time. */
const HAD_BY_USE = ' by registration; those of an AccountSource are had by use() and load()';
/** Names in an error. */
const LISTED = 20;
/** A name that was asked for may come from a stranger. */
const PRINTABLE = /^[^\p{C}]{1,64}$/u;

/** Tells a guard whose keys count for a route, and where they are. */
export type AccountChoice = Pick<GlomopayAccounts, 'of' | 'get' | 'choose'>;

/** The account of a request. Undefined: it leads to none. A promise: the account has yet to be made. */
export type ChosenAccount = OpenAccount | undefined | Promise<OpenAccount | undefined>;

/**
 * The merchant accounts of an application, for hosts that choose one request by request. The services
 * stay singletons; nothing becomes request-scoped.
 *
 * @example
 * constructor(@Inject(GlomopayAccounts) private readonly accounts: GlomopayAccounts) {}
 * open(tenant: Tenant, order: CreateOrderInput) {
 *   return this.accounts.get(tenant.glomopayAccount, OrdersService).create(order);
 * }
 */
@Injectable()
@Named('GlomopayAccounts')
export class GlomopayAccounts {
  readonly #moduleRef: ModuleRef;
  readonly #modules: ModulesContainer;
  readonly #found = new Map<string, Map<Type<unknown>, unknown>>();
  readonly #byModule = new Map<string, OpenAccount>();
  /** By class, then by method: an inherited method has one mark per class. */
  readonly #marks = new WeakMap<object, WeakMap<object, AccountOf<never>>>();

  constructor(
    @Inject(ModuleRef) moduleRef: ModuleRef,
    @Inject(ModulesContainer) modules: ModulesContainer,
  ) {
    this.#moduleRef = moduleRef;
    this.#modules = modules;
  }

  /**
   * Names of the registered accounts, those of modules first; the unnamed one is `default`. What only an
   * `AccountSource` knows is not among them: see {@link openNames}.
   */
  names(): readonly string[] {
    return [...moduleAccounts(this.#modules), ...(this.#runTime?.registeredNames() ?? [])];
  }

  /** Names of the accounts made at run time that are open in this process now. */
  openNames(): readonly string[] {
    return this.#runTime?.openNames() ?? [];
  }

  /**
   * Names of accounts for which payments or events are due in the store, and which neither a registration
   * nor the `AccountSource` knows, as the last look has found them. Their records are kept and wait.
   */
  orphanedNames(): readonly string[] {
    return this.#runTime?.orphanedNames() ?? [];
  }

  /**
   * A service, guard or verifier of a registered account; with tracking also its `PaymentTracker`,
   * `WebhookInbox` and the others. Accounts of an `AccountSource` are had by {@link load} and {@link use}.
   *
   * @throws {GlomopayConfigurationError} no such account is registered, or it has no such service.
   */
  get<T>(account: string, service: Type<T>): T {
    const ofAccount = this.#found.get(account);
    const known = ofAccount?.get(service);
    if (known !== undefined) return known as T;
    // A token by name is a symbol that the process keeps for ever: only for names that stay as long.
    if (!moduleAccounts(this.#modules).includes(account)) {
      const registered = this.#runTime?.registered(account);
      if (registered !== undefined) return registered.get(service);
      throw this.#missing(account);
    }
    const found = this.#look(account, service);
    this.#found.set(account, (ofAccount ?? new Map<Type<unknown>, unknown>()).set(service, found));
    return found as T;
  }

  /**
   * A service of any account: of a registered one, or of one that the `AccountSource` knows, which is made
   * now unless it is open. For one piece of work: do not keep it, because the account may be closed when
   * nobody uses it; a service of a closed account refuses to call.
   *
   * @throws {GlomopayAccountUnknownError} nobody knows an account of this name.
   * @throws {GlomopayConfigurationError} its options are unusable, or it has no such service.
   * @throws {GlomopayAccountUnavailableError} the source failed or was silent.
   */
  async load<T>(account: string, service: Type<T>): Promise<T> {
    const found = await this.#chosen(account);
    if (found === undefined) throw this.#unknown(account);
    return found.get(service);
  }

  /**
   * Works with an account of any sort, which stays open until the work has ended. Errors as of
   * {@link load}, and what the work throws.
   *
   * @example
   * await accounts.use(tenant, async (account) => {
   *   const order = await account.get(OrdersService).create(basket);
   *   await account.get(PaymentTracker).pay({ orderId: order.id, ... }, basket.price);
   * });
   */
  async use<T>(account: string, work: (account: OpenAccount) => Promise<T> | T): Promise<T> {
    const ofModule = this.#ofModule(account);
    // It is there as long as the application.
    if (ofModule !== undefined) return work(ofModule);
    const known = async (opened: OpenAccount | undefined): Promise<T> => {
      if (opened === undefined) throw this.#unknown(account);
      return work(opened);
    };
    return this.#runTime === undefined ? known(undefined) : this.#runTime.use(account, known);
  }

  /**
   * Registers an account while the application runs, and makes it. It stays until {@link unregister}, and
   * goes before one of the same name of the `AccountSource`. Only this process knows it.
   *
   * @throws {GlomopayConfigurationError} the options are unusable, the name is bad or taken, or
   *   `GlomopayMerchantsModule` is not registered. Nothing was registered.
   */
  async register(registration: AccountRegistration): Promise<void> {
    const { name } = Object(registration) as Partial<AccountRegistration>;
    if (typeof name === 'string' && moduleAccounts(this.#modules).includes(name)) {
      throw configuration(`name: a module registers the account ${name}`);
    }
    await this.#required().register(registration);
  }

  /**
   * Takes back what {@link register} has registered. From now on nobody gets the account; what runs for it
   * is waited for, 25 seconds at most, and services of it that were kept refuse to call then. Its records
   * stay in the store. False: it was not registered at run time.
   */
  async unregister(account: string): Promise<boolean> {
    return (await this.#runTime?.unregister(account)) ?? false;
  }

  /**
   * Closes an account made at run time, so that its next use makes it anew with what the `AccountSource`
   * says then: after its keys were changed, or it was deleted there. Waits as {@link unregister} does.
   * Other processes go on with what they have until their `refreshMs` is over.
   */
  async invalidate(account: string): Promise<void> {
    await this.#runTime?.invalidate(account);
  }

  /**
   * The account that `@GlomopayAccount()` names for a route; `default` without it. Undefined: the
   * route chooses by request, and this request leads to none that is registered. Makes nothing: for
   * accounts of an `AccountSource` there is {@link choose}.
   */
  of(context: ExecutionContext): string | undefined {
    const mark = this.#mark(context.getClass(), context.getHandler());
    if (typeof mark === 'string') return mark;
    const account = asked(mark, context);
    return account !== undefined && this.names().includes(account) ? account : undefined;
  }

  /** The account of a route and its services, made when it is not open. Nothing waits where it is. */
  choose(context: ExecutionContext): ChosenAccount {
    const mark = this.#mark(context.getClass(), context.getHandler());
    if (typeof mark === 'function') {
      const account = asked(mark, context);
      return account === undefined ? undefined : this.#chosen(account);
    }
    return this.#named(mark);
  }

  /** A view that always chooses this account, whatever a route says. */
  fixedTo(account: string): AccountChoice {
    const get = <T>(name: string, service: Type<T>): T => this.get(name, service);
    return { of: () => account, get, choose: () => this.#named(account) };
  }

  get #runTime(): RunTimeAccounts | undefined {
    return runTimeAccountsOf(this.#modules);
  }

  #required(): RunTimeAccounts {
    if (this.#runTime !== undefined) return this.#runTime;
    throw configuration(
      'accounts are made at run time where GlomopayModule has accounts, or GlomopayMerchantsModule is registered',
    );
  }

  #mark(type: object, method: object): AccountOf<never> {
    const ofClass = this.#marks.get(type) ?? new WeakMap<object, AccountOf<never>>();
    const mark = ofClass.get(method) ?? accountMark(type, method) ?? DEFAULT_ACCOUNT;
    this.#marks.set(type, ofClass.set(method, mark));
    return mark;
  }

  /** What a route or a guard names must be there: the guard says so when it asks for the keys. */
  #named(account: string): ChosenAccount {
    const named = { name: account, get: <T>(service: Type<T>) => this.get(account, service) };
    const chosen = this.#chosen(account);
    return chosen instanceof Promise ? chosen.then((found) => found ?? named) : (chosen ?? named);
  }

  #chosen(account: string): ChosenAccount {
    return (
      this.#byModule.get(account) ??
      this.#runTime?.opened(account) ??
      this.#ofModule(account) ??
      this.#runTime?.open(account)
    );
  }

  #ofModule(account: string): OpenAccount | undefined {
    const known = this.#byModule.get(account);
    if (known !== undefined) return known;
    if (!moduleAccounts(this.#modules).includes(account)) return undefined;
    const found = { name: account, get: <T>(service: Type<T>) => this.get(account, service) };
    this.#byModule.set(account, found);
    return found;
  }

  /** The code itself asks for it under this name, and it should be registered. */
  #missing(account: string): GlomopayConfigurationError {
    const name = PRINTABLE.test(account) ? account : 'of such a name';
    const hint = this.#runTime === undefined ? '' : HAD_BY_USE;
    return configuration(`there is no account ${name}; there are ${this.#someNames()}${hint}`);
  }

  /** A request may have led to this name. */
  #unknown(account: string): GlomopayAccountUnknownError {
    const source =
      this.#runTime === undefined ? '' : ', and the AccountSource, if any, knows no such';
    return new GlomopayAccountUnknownError(
      account,
      `registered are ${this.#someNames()}${source}; check where the name comes from`,
    );
  }

  #someNames(): string {
    const names = this.names();
    const some = names.slice(0, LISTED).join(', ') || 'none';
    return names.length > LISTED ? `${some} and ${names.length - LISTED} more` : some;
  }

  #look(account: string, service: Type<unknown>): unknown {
    // By its class, else by its name: the class may be of another copy of this library.
    for (const known of [tokenIn(account, service), getGlomopayToken(service, account)]) {
      try {
        return this.#moduleRef.get<unknown>(known, { strict: false });
      } catch {
        // The next one, or the error below.
      }
    }
    throw configuration(`the account ${account} has no ${service.name}`);
  }
}

/** What a stranger's request leads to is no fault of the configuration. */
function asked(
  choose: Exclude<AccountOf<never>, string>,
  context: ExecutionContext,
): string | undefined {
  try {
    const account: unknown = choose(context.switchToHttp().getRequest<never>());
    return typeof account === 'string' ? account : undefined;
  } catch {
    return undefined;
  }
}

function tokenIn(account: string, service: Type<unknown>): InjectionToken {
  return getGlomopayToken(service, account === DEFAULT_ACCOUNT ? undefined : account);
}

function configuration(fault: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([fault]);
}
