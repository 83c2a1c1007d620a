import { Logger } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { accountMarkOf, type AccountOf } from '../../config/glomopay-account.decorator.js';
import { hidesMark, mayHaveMark, membersOf, methodMark } from '../../config/method-marks.js';

type Module = ModulesContainer extends Map<string, infer M> ? M : never;
type Wrapper = Module extends { readonly providers: Map<unknown, infer W> } ? W : never;

/** A method with a mark, on one provider or controller. */
export interface MarkedMethod {
  readonly prototype: object;
  readonly method: string | symbol;
  /** What the application knows the provider by. */
  readonly token: unknown;
  readonly wrapper: Wrapper;
  readonly account: AccountOf<never> | undefined;
}

/** Looks through every provider and controller of an application for methods with a mark. */
export function markedMethods(modules: ModulesContainer, mark: symbol): readonly MarkedMethod[] {
  const known = new Map<object, readonly (string | symbol)[]>();
  const found: MarkedMethod[] = [];
  for (const { providers, controllers } of modules.values()) {
    for (const [token, wrapper] of [...providers, ...controllers]) {
      const prototype = prototypeOf(wrapper);
      if (prototype === undefined) continue;
      const methods = known.get(prototype) ?? methodsOf(prototype, mark);
      known.set(prototype, methods);
      for (const method of methods) {
        const account = accountMarkOf(prototype, method);
        found.push({ prototype, method, token, wrapper, account });
      }
    }
  }
  return found;
}

/** `Class.method`. */
export function nameOf(prototype: object, method: string | symbol): string {
  return `${prototype.constructor.name}.${String(method)}`;
}

function methodsOf(prototype: object, mark: symbol): readonly (string | symbol)[] {
  if (!mayHaveMark(mark, prototype)) return [];
  const members = [...membersOf(prototype)];
  for (const method of members.filter((member) => hidesMark(mark, prototype, member))) {
    new Logger('Glomopay').warn(
      `${nameOf(prototype, method)} overrides a handler without a decorator of its own, so nothing calls it`,
    );
  }
  return members.filter((method) => methodMark(mark, prototype, method) !== undefined);
}

/** By the instance, for whatever a factory has made; by the class, where there is none yet. */
function prototypeOf({ instance, metatype }: Wrapper): object | undefined {
  const prototype: unknown =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : Reflect.get(Object(metatype), 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}
