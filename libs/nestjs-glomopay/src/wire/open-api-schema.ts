import type { getMetadataStorage } from 'class-validator';
import { oneOf } from './rule.js';

type Rule = Pick<
  ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[0],
  'type' | 'name' | 'constraints' | 'each'
>;
type Schema = Readonly<Record<string, unknown>>;

/** What each rule says of the values that pass it, in the words of OpenAPI. */
const schemas: Readonly<Record<string, (constraints: readonly unknown[]) => Schema>> = {
  isInt: () => ({ type: 'integer' }),
  isBoolean: () => ({ type: 'boolean' }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  minLength: ([minLength]) => ({ minLength }),
  maxLength: ([maxLength]) => ({ maxLength }),
  isIn: ([values]) => ({ enum: values }),
  matches: ([pattern]) => patternOf(pattern),
  isEmail: () => ({ format: 'email' }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  isInstant: () => ({ description: 'ISO 8601, UTC unless it says otherwise.' }),
  isCalendarDate: () => ({ format: 'date' }),
  isGlomopayId: ([grammar, prefixes]) => ({
    ...patternOf(grammar),
    description: `An id that starts with ${String(prefixes)}.`,
  }),
  isMinorUnits: () => ({
    type: 'integer',
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Whole minor units of the currency.',
  }),
  isNotes: () => ({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'Free texts of the merchant.',
  }),
  isCallbackUrl: () => ({
    format: 'uri',
    description: 'Where the browser returns to: https, http on loopback only.',
  }),
  excludedBy: ([other]) => ({ description: `Not together with ${String(other)}.` }),
  requiredUnless: ([other]) => ({ description: `Required unless ${String(other)} is given.` }),
  exactlyOneOf: ([others]) => ({ description: `Exactly one of this and ${listOf(others)}.` }),
  onlyWith: ([other, values]) => ({
    description: `Only where ${String(other)} is ${listOf(values)}.`,
  }),
  narrowedBy: ([other, values]) => ({
    description: `${listOf(values)} where ${String(other)} is given.`,
  }),
  requiredBeside: ([other]) => ({ description: `Required where ${String(other)} is given.` }),
  requiredWith: () => ({ description: 'Required there.' }),
  atLeast: ([other]) => ({ description: `Not less than ${String(other)}.` }),
  isCardText: ([grammar]) => ({ ...patternOf(grammar), writeOnly: true }),
  isCardNumber: ([grammar]) => ({ ...patternOf(grammar), writeOnly: true, format: 'password' }),
  isCvv: ([grammar]) => ({ ...patternOf(grammar), writeOnly: true, format: 'password' }),
};

/**
 * How a member shows in an OpenAPI document, read from the rules it is checked by. There is never an
 * example: someone would send a card number that stands in one.
 */
export function openApiSchema(
  rules: readonly Rule[],
  nested: (() => unknown) | undefined,
  isListOfNested = false,
): Schema {
  const required = !rules.some(({ type }) => type === 'conditionalValidation');
  // A class that is read late goes by the name of this function; the reader looks for `type`.
  if (nested !== undefined) {
    return { required, type: () => (isListOfNested ? [nested()] : nested()) };
  }
  const isArray = rules.some(({ name }) => name === 'isArray');
  const [ofItem, own] = isArray
    ? [rules.filter(({ each }) => each), rules.filter(({ each }) => !each)]
    : [rules, []];
  const item = { type: 'string', ...merged(ofItem) };
  return isArray ? { required, type: 'array', items: item, ...merged(own) } : { required, ...item };
}

function merged(rules: readonly Rule[]): Schema {
  const parts = rules.map(
    ({ name, constraints }) => schemas[name ?? '']?.(constraints ?? []) ?? {},
  );
  // Decorators apply from the last to the first; a reader expects them as they are written.
  const descriptions = parts.toReversed().flatMap(({ description }) => description ?? []);
  return {
    ...Object.assign({}, ...parts),
    ...(descriptions.length > 0 && { description: descriptions.join(' ') }),
  };
}

function listOf(names: unknown): string {
  return Array.isArray(names) ? oneOf(names.map(String)) : '';
}

function patternOf(pattern: unknown): Schema {
  return pattern instanceof RegExp ? { pattern: pattern.source } : {};
}
