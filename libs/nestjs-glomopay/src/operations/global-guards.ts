import type { ExternalContextCreator, ModulesContainer } from '@nestjs/core';

/**
 * Whether an application has a guard before all its routes: a provider under `APP_GUARD`, which Nest
 * gives a token of its own, or one of `useGlobalGuards`. Where Nest does not tell, there is none.
 */
export function hasGlobalGuard(
  modules: ModulesContainer,
  contexts: ExternalContextCreator,
): boolean {
  const isProvided = [...modules.values()].some((module) =>
    [...module.providers.keys(), ...module.injectables.keys()].some(
      (token) => typeof token === 'string' && token.startsWith('APP_GUARD'),
    ),
  );
  return isProvided || isUsed(contexts);
}

/** Nest has no public way to these. */
function isUsed(contexts: ExternalContextCreator): boolean {
  const creator: unknown = Reflect.get(contexts, 'guardsContextCreator');
  const config: unknown = Reflect.get(Object(creator), 'config');
  const guards: unknown = Reflect.get(Object(config), 'globalGuards');
  return Array.isArray(guards) && guards.length > 0;
}
