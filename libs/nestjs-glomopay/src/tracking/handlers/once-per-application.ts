import type { ModulesContainer } from '@nestjs/core';

/**
 * Something that all registrations of one application share. An application is known by its modules;
 * what is shared goes with them.
 */
export function oncePerApplication<T>(
  make: (modules: ModulesContainer) => T,
): (modules: ModulesContainer) => T {
  const made = new WeakMap<ModulesContainer, { readonly value: T }>();
  return (modules) => {
    const known = made.get(modules) ?? { value: make(modules) };
    made.set(modules, known);
    return known.value;
  };
}
