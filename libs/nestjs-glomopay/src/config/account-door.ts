import type { ModulesContainer } from '@nestjs/core';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { DEFAULT_ACCOUNT, GLOMOPAY_ACCOUNT, GLOMOPAY_DOOR } from './glomopay.tokens.js';

/** What a further registration needs of its account: services, and its time. */
export interface AccountServices {
  readonly payments: unknown;
  /** Services of what is paid: orders, payment links, subscriptions. */
  readonly payins: unknown;
  readonly refunds: unknown;
  readonly webhooks: unknown;
  readonly clock: unknown;
}

/**
 * Where the registration of an account leaves its services for tracking to fetch. Nest's own search
 * goes from each module through all global ones and what those import: with a thousand accounts boot
 * takes minutes. One registration may be part of several applications, each with services of its own.
 */
export class AccountDoor {
  readonly #waiting = new WeakMap<ModulesContainer, PromiseWithResolver>();

  leave(modules: ModulesContainer, services: AccountServices): void {
    this.#of(modules).resolve(services);
  }

  /** Waits until the account has made its services. */
  fetch(modules: ModulesContainer): Promise<AccountServices> {
    return this.#of(modules).promise;
  }

  #of(modules: ModulesContainer): PromiseWithResolver {
    const known = this.#waiting.get(modules) ?? withResolver();
    this.#waiting.set(modules, known);
    return known;
  }
}

const doors = new WeakMap<ModulesContainer, ReadonlyMap<unknown, AccountDoor>>();

/**
 * The services of an account, as its registration has them.
 *
 * @throws {GlomopayConfigurationError} no such account is registered.
 */
export async function servicesOf(
  modules: ModulesContainer,
  account: string,
): Promise<AccountServices> {
  const known = doors.get(modules) ?? doorsOf(modules);
  doors.set(modules, known);
  const door = known.get(account);
  if (door !== undefined) return door.fetch(modules);
  const name = account === DEFAULT_ACCOUNT ? '' : `{ name: '${account}' }`;
  throw new GlomopayConfigurationError([
    `GlomopayTrackingModule follows the account ${account}, which GlomopayModule.forRoot(${name}) does not register`,
  ]);
}

/** By symbols: the account may be registered by the other build of this library. */
function doorsOf(modules: ModulesContainer): ReadonlyMap<unknown, AccountDoor> {
  return new Map(
    [...modules.values()].toReversed().flatMap(({ providers }): [unknown, AccountDoor][] => {
      const door: AccountDoor | undefined = Reflect.get(
        Object(providers.get(GLOMOPAY_DOOR)),
        'instance',
      );
      return door === undefined ? [] : [[providers.get(GLOMOPAY_ACCOUNT)?.instance, door]];
    }),
  );
}

interface PromiseWithResolver {
  readonly promise: Promise<AccountServices>;
  readonly resolve: (services: AccountServices) => void;
}

function withResolver(): PromiseWithResolver {
  let settled: ((services: AccountServices) => void) | undefined;
  const promise = new Promise<AccountServices>((settle) => {
    settled = settle;
  });
  return { promise, resolve: (services) => settled?.(services) };
}
