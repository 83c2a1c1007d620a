import {
  buildMessage,
  IsString,
  MaxLength,
  MinLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { isCallbackUrl } from '../values/urls.js';
import { idPrefixes, isId, type IdKind } from '../values/ids.js';

/** A rule of our own: a name, a test of the value and its holder, and the words for a failure. */
function rule(
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

/** An identifier of the kind; nothing else may reach a path or a body. */
export function IsGlomopayId(kind: IdKind, options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isGlomopayId',
    (value) => isId(kind, value),
    `must be an id that starts with ${idPrefixes[kind]}_`,
    options,
    [idPrefixes[kind]],
  );
}

/** The host's own key for a create: 1 to 64 characters (docs/gateway.md, Request ids). */
export function IsRequestId(): PropertyDecorator {
  const rules = [IsString(), MinLength(1), MaxLength(64)];
  return (target, key) => {
    // From the last to the first, as decorators that stand one under the other.
    for (const each of rules.toReversed()) each(target, key);
  };
}

/** A whole number of minor units within safe integers. */
export function IsMinorUnits(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isMinorUnits',
    (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    'must be a whole number of minor units, 1 or more',
    options,
  );
}

/** Notes: string keys to string values (docs/gateway.md, Notes). */
export function IsNotes(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isNotes',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((entry) => typeof entry === 'string'),
    'must be an object of texts',
    options,
  );
}

/** Where a buyer can come back to; http is accepted on loopback, for development. */
export function IsCallbackUrl(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isCallbackUrl',
    isCallbackUrl,
    'must be an absolute https URL (http on loopback only) without a fragment and without the parameters of a callback',
    options,
  );
}

/** Absent whenever another member is given: the gateway refuses the two together. */
export function ExcludedBy(other: string, options?: ValidationOptions): PropertyDecorator {
  return rule(
    'excludedBy',
    (value, holder) => isAbsent(value) || isAbsent(Reflect.get(holder, other)),
    `must not be given together with ${other}`,
    options,
    [other],
  );
}

/** Not given: undefined, or null, which counts as not given in a request. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
