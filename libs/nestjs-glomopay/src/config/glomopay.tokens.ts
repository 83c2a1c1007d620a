import type { InjectionToken, Type } from '@nestjs/common';
import { Inject } from '@nestjs/common';

/** What the host passed, sealed. Read once, by the configuration check. */
export const GLOMOPAY_MODULE_OPTIONS = Symbol.for('nestjs-glomopay:module-options');
/** The checked configuration with every default filled in. */
export const GLOMOPAY_CONFIG = Symbol.for('nestjs-glomopay:config');
/** The library's own `HttpService`. */
export const GLOMOPAY_HTTP = Symbol.for('nestjs-glomopay:http');
/** Name of the merchant account; `default` for the unnamed one. */
export const GLOMOPAY_ACCOUNT = Symbol.for('nestjs-glomopay:account');
/** Where the account leaves its services for tracking. */
export const GLOMOPAY_DOOR = Symbol.for('nestjs-glomopay:door');
/** The name of the account that was registered without one. */
export const DEFAULT_ACCOUNT = 'default';
/** The gate of an account that is made at run time; null: the account is there as long as the application. */
export const GLOMOPAY_GATE = Symbol.for('nestjs-glomopay:gate');
/** Connections that accounts share; null: the account has its own. */
export const GLOMOPAY_AGENTS = Symbol.for('nestjs-glomopay:agents');
/** Time and randomness. */
export const GLOMOPAY_CLOCK = Symbol.for('nestjs-glomopay:clock');

/** The accounts of an application, for the guards of either build. */
export const GLOMOPAY_ACCOUNTS = Symbol.for('nestjs-glomopay:accounts');

/**
 * The injection token of a service or guard of a named merchant account.
 *
 * The account without a name has its classes for tokens, and a symbol for each under the name
 * `default`. The symbols are the same in the ESM and the CommonJS build, the classes are not.
 */
export function getGlomopayToken(service: Type<unknown>, account?: string): InjectionToken {
  return account === undefined ? service : Symbol.for(`nestjs-glomopay:${account}:${service.name}`);
}

/**
 * Injects a service of a named account, registered with `GlomopayModule.forRoot({ name: account })`.
 *
 * @example
 * constructor(@InjectGlomopay('emea', OrdersService) private readonly orders: OrdersService) {}
 */
export function InjectGlomopay(account: string, service: Type<unknown>): ParameterDecorator {
  return Inject(getGlomopayToken(service, account)) as ParameterDecorator;
}
