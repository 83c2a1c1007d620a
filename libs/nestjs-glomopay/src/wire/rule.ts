import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';

/** A rule of our own: a name, a test of the value and its holder, and the words for a failure. */
export function rule(
  name: string,
  test: (value: unknown, holder: object) => boolean,
  words: string,
  options?: ValidationOptions,
  constraints: unknown[] = [],
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      constraints,
      validator: {
        validate: (value, args) => test(value, args?.object ?? {}),
        defaultMessage: buildMessage((prefix) => `${prefix}$property ${words}`, options),
      },
    },
    options,
  );
}

/** Several rules as one decorator. */
export function together(...rules: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    // From the last to the first, as decorators that stand one under the other.
    for (const each of rules.toReversed()) each(target, key);
  };
}

/** Not given: undefined, or null, which counts as not given in a request. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Names for a sentence: `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
