import { ValidateIf, type ValidationOptions } from 'class-validator';
import { isAbsent, oneOf, rule, together } from './rule.js';

/*
 * Rules between the members of one request. Other members are named by their property, and an
 * absent member never breaks a rule about another one's value.
 */

/** Absent whenever another member is given: the gateway refuses the two together. */
export function ExcludedBy(other: string, options?: ValidationOptions): PropertyDecorator {
  return rule(
    'excludedBy',
    (value, holder) => isAbsent(value) || !isGiven(holder, other),
    `must not be given together with ${other}`,
    options,
    [other],
  );
}

/** Given, or another member is. Further rules of the member hold where it is given, or has to be. */
export function RequiredUnless(other: string, options?: ValidationOptions): PropertyDecorator {
  return required(
    'requiredUnless',
    (holder) => !isGiven(holder, other),
    `must be given unless ${other} is`,
    [other],
    options,
  );
}

/**
 * Of the members exactly one is given. Stands on the first of them; the others are optional.
 * Further rules of the member hold where it is given, or nothing is.
 */
export function ExactlyOneOf(
  ...members: readonly [string, string, ...string[]]
): PropertyDecorator {
  const [own, ...others] = members;
  const given = (holder: object): readonly string[] =>
    members.filter((name) => isGiven(holder, name));
  return together(
    ValidateIf((holder: object) => isGiven(holder, own) || given(holder).length !== 1),
    rule(
      'exactlyOneOf',
      (_, holder) => given(holder).length === 1,
      `must be given, or else ${oneOf(others)}: exactly one of them`,
      undefined,
      [others],
    ),
  );
}

/** Only where another member has one of the values; optional even there. */
export function OnlyWith(
  other: string,
  ...values: readonly [string, ...string[]]
): PropertyDecorator {
  return rule(
    'onlyWith',
    (value, holder) => isAbsent(value) || isOneOf(holder, other, values),
    `must not be given unless ${other} is ${oneOf(values)}`,
    undefined,
    [other, values],
  );
}

/** Given where another member has one of the values, and only there. */
export function RequiredWith(
  other: string,
  ...values: readonly [string, ...string[]]
): PropertyDecorator {
  return together(
    OnlyWith(other, ...values),
    required(
      'requiredWith',
      (holder) => isOneOf(holder, other, values),
      `must be given where ${other} is ${oneOf(values)}`,
      [other, values],
    ),
  );
}

/** A number that is not below another member's. */
export function AtLeast(other: string, options?: ValidationOptions): PropertyDecorator {
  return rule(
    'atLeast',
    (value, holder) => {
      const least: unknown = Reflect.get(holder, other);
      return typeof value !== 'number' || typeof least !== 'number' || !(value < least);
    },
    `must not be less than ${other}`,
    options,
    [other],
  );
}

/** Given under a condition; where the member is neither given nor required, nothing of it is checked. */
function required(
  name: string,
  isRequired: (holder: object) => boolean,
  words: string,
  constraints: unknown[],
  options?: ValidationOptions,
): PropertyDecorator {
  return together(
    // Called with the holder and the member's value.
    ValidateIf((holder: object, value: unknown) => !isAbsent(value) || isRequired(holder)),
    rule(
      name,
      (value, holder) => !isAbsent(value) || !isRequired(holder),
      words,
      options,
      constraints,
    ),
  );
}

function isGiven(holder: object, name: string): boolean {
  return !isAbsent(Reflect.get(holder, name));
}

function isOneOf(holder: object, name: string, values: readonly string[]): boolean {
  const value: unknown = Reflect.get(holder, name);
  return typeof value === 'string' && values.includes(value);
}
