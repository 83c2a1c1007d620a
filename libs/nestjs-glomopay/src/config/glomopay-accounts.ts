import {
  type ExecutionContext,
  Inject,
  Injectable,
  type InjectionToken,
  type Type,
} from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { accountMark, type AccountOf } from './glomopay-account.decorator.js';
import { DEFAULT_ACCOUNT, getGlomopayToken, GLOMOPAY_ACCOUNT } from './glomopay.tokens.js';

/** Tells a guard whose keys count for a route, and where they are. */
export type AccountChoice = Pick<GlomopayAccounts, 'of' | 'get'>;

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
  readonly #found = new Map<InjectionToken, unknown>();
  /** By class, then by method: an inherited method has one mark per class. */
  readonly #marks = new WeakMap<object, WeakMap<object, AccountOf<never>>>();

  constructor(
    @Inject(ModuleRef) moduleRef: ModuleRef,
    @Inject(ModulesContainer) modules: ModulesContainer,
  ) {
    this.#moduleRef = moduleRef;
    this.#modules = modules;
  }

  /** Names of the registered accounts; the unnamed one is `default`. */
  names(): readonly string[] {
    const names = [...this.#modules.values()].map(
      ({ providers }): unknown => providers.get(GLOMOPAY_ACCOUNT)?.instance,
    );
    return names.filter((name) => typeof name === 'string');
  }

  /**
   * A service, guard or verifier of an account; with tracking also its `PaymentTracker` and
   * `WebhookInbox`.
   *
   * @throws {GlomopayConfigurationError} no such account is registered, or it has no such service.
   */
  get<T>(account: string, service: Type<T>): T {
    const token = getGlomopayToken(service, account === DEFAULT_ACCOUNT ? undefined : account);
    const found = this.#found.get(token) ?? this.#look(account, service, token);
    this.#found.set(token, found);
    return found as T;
  }

  /**
   * The account that `@GlomopayAccount()` names for a route; `default` without it. Undefined: the
   * route chooses by request, and this request leads to none that is registered.
   */
  of(context: ExecutionContext): string | undefined {
    const mark = this.#mark(context.getClass(), context.getHandler());
    return typeof mark === 'function'
      ? this.#chosen(mark, context.switchToHttp().getRequest())
      : mark;
  }

  #mark(type: object, method: object): AccountOf<never> {
    const ofClass = this.#marks.get(type) ?? new WeakMap<object, AccountOf<never>>();
    const mark = ofClass.get(method) ?? accountMark(type, method) ?? DEFAULT_ACCOUNT;
    this.#marks.set(type, ofClass.set(method, mark));
    return mark;
  }

  /** A view that always chooses this account, whatever a route says. */
  fixedTo(account: string): AccountChoice {
    return { of: () => account, get: (name, service) => this.get(name, service) };
  }

  #look(account: string, service: Type<unknown>, token: InjectionToken): unknown {
    const names = this.names();
    if (!names.includes(account)) {
      throw missing(`there is no account ${account}; there are ${names.join(', ') || 'none'}`);
    }
    // By its class, else by its name: the class may be of another copy of this library.
    for (const known of [token, getGlomopayToken(service, account)]) {
      try {
        return this.#moduleRef.get<unknown>(known, { strict: false });
      } catch {
        // The next one, or the error below.
      }
    }
    throw missing(`the account ${account} has no ${service.name}`);
  }

  /** What a stranger's request leads to is no fault of the configuration. */
  #chosen(choose: Exclude<AccountOf<never>, string>, request: never): string | undefined {
    try {
      const account = choose(request);
      return this.names().find((name) => name === account);
    } catch {
      return undefined;
    }
  }
}

function missing(fault: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([fault]);
}
