import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accountMark } from '../config/glomopay-account.decorator.js';
import { DEFAULT_ACCOUNT } from '../config/glomopay.tokens.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A method of a provider or controller that carries a mark of ours. */
export interface DiscoveredMethod {
  /** `Class.method`. */
  readonly name: string;
  readonly prototype: object;
  readonly method: string;
  /** Calls the method on its provider. */
  readonly call: (...parameters: readonly unknown[]) => unknown;
}

/**
 * The marked methods of an application that are for the account, each once, also where several modules
 * list its class as a provider of their own.
 *
 * @throws {GlomopayConfigurationError} one belongs to a request-scoped provider or chooses its account
 *   by request (there is no request when it is called), or two different ones have the same name.
 */
export function discoveredMethods(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  what: string,
  isMarked: (prototype: object, method: string) => boolean,
  account: string,
): readonly DiscoveredMethod[] {
  const found = new Map<string, DiscoveredMethod>();
  for (const wrapper of [...discovery.getProviders(), ...discovery.getControllers()]) {
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) continue;
    for (const method of scanner.getAllMethodNames(prototype)) {
      if (!isMarked(prototype, method)) continue;
      const name = `${prototype.constructor.name}.${method}`;
      const mark = accountMark(prototype.constructor, Reflect.get(prototype, method));
      if (typeof mark === 'function') throw refused(name, what, chosen);
      if (mark !== undefined && mark !== account) continue;
      if (!wrapper.isDependencyTreeStatic()) throw refused(name, what, scoped);
      const known = found.get(name);
      if (known !== undefined && known.prototype !== prototype) throw refused(name, what, twice);
      if (known !== undefined) continue;
      const instance: object = wrapper.instance;
      const call = (...parameters: readonly unknown[]): unknown =>
        Reflect.apply(Reflect.get(instance, method), instance, parameters);
      found.set(name, { name, prototype, method, call });
    }
  }
  return [...found.values()];
}

/** By the instance, for whatever a factory has made; by the class, where there is none yet. */
function prototypeOf({ instance, metatype }: Wrapper): object | undefined {
  const prototype: unknown =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : Reflect.get(Object(metatype), 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

/** For a line at boot: nothing for the account that most applications have alone. */
export function ofAccount(account: string): string {
  return account === DEFAULT_ACCOUNT ? '' : ` of ${account}`;
}

const scoped = 'in a request-scoped provider; there is no request when it is called';
const chosen = 'whose @GlomopayAccount() chooses by request; there is none when it is called';
const twice = 'of two classes with one name; progress is kept by that name, so rename one';

function refused(name: string, what: string, why: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([`${name} is ${what} ${why}`]);
}
