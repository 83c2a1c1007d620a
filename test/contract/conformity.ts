import { valueAt } from './at-path.js';
import { object, type FieldFact, type MemberFact, type ObjectFact } from './facts.js';

type Fact = FieldFact | MemberFact;

/**
 * What is wrong with a value that should be the object: members that no source knows, missing ones, those
 * of another type or form, and ids of another kind. Empty when it is as documented.
 */
export function objectFaults(name: string, value: unknown, path = name): readonly string[] {
  const facts = object(name);
  return [...memberFaults(facts.members, value, path), ...idFaults(facts, value, path)];
}

/** Ids that begin as none of those in the examples does. */
function idFaults(
  { members, examples }: ObjectFact,
  value: unknown,
  path: string,
): readonly string[] {
  return members
    .filter(({ name }) => /(?:^|[._])id$/.test(name))
    .filter(({ name }) => {
      const known = examples.flatMap((each) => prefixOf(valueAt(each, name)) ?? []);
      const sent = valueAt(value, name);
      return known.length > 0 && typeof sent === 'string' && !known.includes(prefixOf(sent) ?? '');
    })
    .map(({ name }) => `${path}.${name} is the id of another kind`);
}

/** `order` of `order_68c00b7btsthf`. */
function prefixOf(id: unknown): string | undefined {
  return typeof id === 'string' ? /^([a-z]+)_\w+$/.exec(id)?.[1] : undefined;
}

/** The same for the body of a request: what must be in it depends on its form, and is asked elsewhere. */
export function bodyFaults(fields: readonly FieldFact[], value: unknown): readonly string[] {
  const optional = fields.map((field) => ({ ...field, optional: true }));
  return memberFaults(optional, value, 'body');
}

function memberFaults(facts: readonly Fact[], value: unknown, path: string): readonly string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const tree = byFirstStep(facts);
  const unknown = Object.keys(value).filter((name) => !tree.has(name));
  return [
    ...unknown.map((name) => `${path}.${name} is documented nowhere`),
    ...[...tree].flatMap(([name, { own, inner, list }]) => {
      const at = `${path}.${name}`;
      if (!Object.hasOwn(value, name)) {
        const optional = own !== undefined && 'optional' in own && own.optional === true;
        return optional ? [] : [`${at} is missing`];
      }
      const member: unknown = Reflect.get(value, name);
      if (member === null && mayBeNull(own)) return [];
      if (own !== undefined && inner.length === 0) return valueFaults(own, member, at);
      if (!list) return memberFaults(inner, member, at);
      if (!Array.isArray(member)) return [`${at} is not a list`];
      return member.flatMap((item, index) => memberFaults(inner, item, `${at}[${index}]`));
    }),
  ];
}

function mayBeNull(fact: Fact | undefined): boolean {
  if (fact === undefined) return false;
  return fact.type === 'texts' || ('nullable' in fact && fact.nullable === true);
}

function valueFaults(fact: Fact, value: unknown, path: string): readonly string[] {
  const { type } = fact;
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path} is not a list`];
    const item = { ...fact, type: type.slice(0, -2) };
    return value.flatMap((each, index) => valueFaults(item, each, `${path}[${index}]`));
  }
  if (/^[A-Z]/.test(type)) {
    const faults = type.split('|').map((name) => objectFaults(name, value, path));
    return faults.find((each) => each.length === 0) ?? faults[0] ?? [];
  }
  if (!isOfType(type, value)) return [`${path} is not of type ${type}`];
  if (fact.enum !== undefined && !fact.enum.some((known) => known === value)) {
    return [`${path} is none of ${fact.enum.join(', ')}`];
  }
  if ('format' in fact && fact.format !== undefined && !isOfFormat(fact.format, value)) {
    return [`${path} is not of the form ${fact.format}`];
  }
  return [];
}

/** Whether a text is a moment in UTC, or a day. */
function isOfFormat(format: 'instant' | 'date', value: unknown): boolean {
  const form = format === 'date' ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d\d-\d\dT[\d:]{8}(?:\.\d+)?Z$/;
  return form.test(String(value)) && !Number.isNaN(Date.parse(String(value)));
}

/** Whether a JSON value is what the tables call the type. */
export function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'object':
    case 'file':
      return isObject(value);
    case 'texts':
      return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
    default:
      return typeof value === type;
  }
}

interface Branch {
  readonly own: Fact | undefined;
  readonly inner: readonly Fact[];
  readonly list: boolean;
}

/** Facts by the first step of their path, the rest of it inside. */
function byFirstStep(facts: readonly Fact[]): ReadonlyMap<string, Branch> {
  const tree = new Map<string, Branch>();
  for (const fact of facts) {
    const [first = '', ...rest] = fact.name.split('.');
    const name = first.replace('[]', '');
    const { own, inner, list } = tree.get(name) ?? { own: undefined, inner: [], list: false };
    tree.set(name, {
      own: rest.length === 0 ? fact : own,
      inner: rest.length === 0 ? inner : [...inner, { ...fact, name: rest.join('.') }],
      list: list || first.endsWith('[]'),
    });
  }
  return tree;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
