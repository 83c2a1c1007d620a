import type { CallSecret } from './scrub.js';

/**
 * Makes what gives the texts of an object in wire names that nothing may show.
 *
 * @param kinds Its members that hold one, and what kind each is of.
 */
export function secretsOf(
  kinds: Readonly<Record<string, CallSecret['kind']>>,
): (holder: unknown) => readonly CallSecret[] {
  return (holder) =>
    Object.entries(kinds).flatMap(([name, kind]) => {
      const text: unknown =
        typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
      return typeof text === 'string' ? [{ text, kind }] : [];
    });
}
