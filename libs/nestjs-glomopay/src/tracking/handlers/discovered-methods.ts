import type { ModulesContainer } from '@nestjs/core';
import { DEFAULT_ACCOUNT } from '../../config/glomopay.tokens.js';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { isHandlerName, namesOf } from '../../webhooks/handler-name.js';
import { markedMethods, nameOf, type MarkedMethod } from './marked-methods.js';
import { oncePerApplication } from './once-per-application.js';

/** A method of a provider or controller that carries a mark of ours. */
export interface DiscoveredMethod {
  /** The name that its decorator gives it, else `Class.method`; one of several instances adds its token. */
  readonly name: string;
  /** The account that it is for; empty: every one. */
  readonly account: string;
  readonly prototype: object;
  readonly method: string | symbol;
  /** Calls the method on its provider. */
  readonly call: (...parameters: readonly unknown[]) => unknown;
}

/**
 * Finds, for one account at a time, the methods that carry a mark; the application is looked through
 * once. Where several modules list a class as a provider of their own, one instance is taken;
 * instances under different tokens are different handlers.
 *
 * @throws {GlomopayConfigurationError} one belongs to a request-scoped provider or chooses its account
 *   by request (there is no request when it is called), or its name is bad or not its own.
 */
export function discovery(
  what: string,
  mark: symbol,
  names: symbol,
): (modules: ModulesContainer, account: string) => readonly DiscoveredMethod[] {
  const markedOf = oncePerApplication((modules) => markedMethods(modules, mark));
  return (modules, account) => {
    const own = markedOf(modules).filter((marked) => isFor(marked, account, what));
    const found = instancesOf(own);
    const handlers = new Map<string, DiscoveredMethod>();
    for (const marked of found) {
      const { prototype, method, token, wrapper } = marked;
      const given = givenName(marked, names, what);
      const isOneOfMany = found.some((other) => other !== marked && isSameMethod(other, marked));
      const isPlain = !isOneOfMany || token === prototype.constructor;
      const name = isPlain ? given : `${given}@${textOf(token)}`;
      if (handlers.has(name)) throw refused(name, what, twice);
      const instance: object = Object(wrapper.instance);
      const call = (...parameters: readonly unknown[]): unknown =>
        Reflect.apply(Reflect.get(instance, method), instance, parameters);
      const of = typeof marked.account === 'string' ? marked.account : '';
      handlers.set(name, { name, account: of, prototype, method, call });
    }
    return [...handlers.values()];
  };
}

function isFor(
  { prototype, method, account: mark, wrapper }: MarkedMethod,
  account: string,
  what: string,
): boolean {
  if (typeof mark === 'function') throw refused(nameOf(prototype, method), what, chosen);
  if (mark !== undefined && mark !== account) return false;
  if (!wrapper.isDependencyTreeStatic()) throw refused(nameOf(prototype, method), what, scoped);
  return true;
}

/** Each instance once, by whatever tokens it is known, and one of those under the same token. */
function instancesOf(methods: readonly MarkedMethod[]): readonly MarkedMethod[] {
  const taken: MarkedMethod[] = [];
  for (const one of methods) {
    const isTaken = taken.some(
      (other) =>
        isSameMethod(one, other) &&
        (other.token === one.token || other.wrapper.instance === one.wrapper.instance),
    );
    if (!isTaken) taken.push(one);
  }
  return taken;
}

function isSameMethod(one: MarkedMethod, other: MarkedMethod): boolean {
  return one.prototype === other.prototype && one.method === other.method;
}

function givenName({ prototype, method }: MarkedMethod, names: symbol, what: string): string {
  const [name, other] = namesOf(names, prototype, method);
  const own = nameOf(prototype, method);
  if (other !== undefined) throw refused(own, what, several);
  if (name !== undefined && !isHandlerName(name)) throw refused(own, what, invisible);
  return name ?? own;
}

function textOf(token: unknown): string {
  return typeof token === 'function' ? token.name : String(token);
}

/** For a line at boot: nothing for the account that most applications have alone. */
export function ofAccount(account: string): string {
  return account === DEFAULT_ACCOUNT ? '' : ` of ${account}`;
}

const scoped = 'in a request-scoped provider; there is no request when it is called';
const chosen = 'whose @GlomopayAccount() chooses by request; there is none when it is called';
const twice =
  'whose name another one has too; progress is kept by that name, so give one of them a name of its own: { name } in its decorator';
const several = 'to which its decorators give several names; it can have one';
const invisible = 'whose name must be 1 to 128 visible characters';

export function refused(name: string, what: string, why: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([`${name} is ${what} ${why}`]);
}
