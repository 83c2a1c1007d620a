import type { InjectionToken, Provider, Type } from '@nestjs/common';

/** What something needs to be made. */
export interface Dependency {
  readonly token: InjectionToken;
  readonly isOptional: boolean;
}

/** What Nest's decorators write: the types of a constructor, `@Inject()` by position, and `@Optional()`. */
const TYPES = 'design:paramtypes';
const INJECTED = 'self:paramtypes';
const OPTIONAL = 'optional:paramtypes';

const known = new WeakMap<Type<unknown>, readonly Dependency[]>();

/** What the constructor of a class needs, by what its decorators say. */
export function dependenciesOf(type: Type<unknown>): readonly Dependency[] {
  const dependencies = known.get(type) ?? readDependencies(type);
  known.set(type, dependencies);
  return dependencies;
}

/** An entry of a factory's `inject`. */
export function dependencyOf(
  entry: InjectionToken | { readonly token: InjectionToken; readonly optional: boolean },
): Dependency {
  const isEntry = typeof entry === 'object' && 'token' in entry;
  return isEntry
    ? { token: entry.token, isOptional: entry.optional }
    : { token: entry, isOptional: false };
}

export function tokenOf(provider: Provider): InjectionToken {
  return typeof provider === 'function' ? provider : provider.provide;
}

function readDependencies(type: Type<unknown>): readonly Dependency[] {
  const tokens: unknown[] = [...listOf(Reflect.getMetadata(TYPES, type))];
  for (const injected of listOf(Reflect.getMetadata(INJECTED, type))) {
    const { index, param } = Object(injected) as {
      readonly index: number;
      readonly param: unknown;
    };
    tokens[index] = param;
  }
  const optional = listOf(Reflect.getMetadata(OPTIONAL, type));
  return Array.from(tokens, (token, index) => ({
    token: token as InjectionToken,
    isOptional: optional.includes(index),
  }));
}

function listOf(metadata: unknown): readonly unknown[] {
  return Array.isArray(metadata) ? metadata : [];
}
