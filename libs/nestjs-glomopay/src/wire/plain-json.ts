import type { GlomopayViolation } from '../errors/validation.error.js';

/** Deeper than any body of the gateway; a cycle ends here. */
const DEEPEST = 32;
const POISON: readonly string[] = ['__proto__', 'constructor', 'prototype'];
/** Other names are shown nowhere: they may be what somebody has pasted. */
const SHOWN_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** Says in words why a member may not be sent; undefined where it may. */
export type MemberRule = (name: string) => string | undefined;

/** Says in words why a text or a number may not be sent under that name; undefined where it may. */
export type ValueRule = (value: string | number, name: string) => string | undefined;

interface Copying {
  readonly violations: GlomopayViolation[];
  readonly memberRule: MemberRule;
  readonly valueRule: ValueRule;
}

/** Where a value stands. */
interface Place {
  readonly path: string;
  /** Of the member that it is, or is in the list of. */
  readonly name: string;
  readonly depth: number;
}

/**
 * A copy of a value that is nothing but JSON: objects, lists, texts, finite numbers, true, false and
 * null. Members that are undefined are left out, as JSON does. What JSON would write otherwise than it
 * stands there is a violation: dates, maps, functions, `NaN`. The copy is what was checked: every member
 * is read once.
 */
export function plainJson(
  value: unknown,
  path: string,
  violations: GlomopayViolation[],
  memberRule: MemberRule = () => undefined,
  valueRule: ValueRule = () => undefined,
): unknown {
  return copyOf(value, { path, name: '', depth: 0 }, { violations, memberRule, valueRule });
}

function copyOf(value: unknown, place: Place, copying: Copying): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string' || typeof value === 'number') {
    const broken = copying.valueRule(value, place.name);
    if (broken !== undefined) return refuse(place, copying, 'isAllowed', broken);
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) {
      return value;
    }
    return refuse(place, copying, 'isExactNumber', 'must be finite, and exact where it is whole');
  }
  if (typeof value !== 'object') {
    return refuse(place, copying, 'isJson', 'must be JSON: no function, symbol, bigint, undefined');
  }
  if (place.depth > DEEPEST) {
    return refuse(place, copying, 'isShallow', `must not be nested deeper than ${DEEPEST}`);
  }
  if (Array.isArray(value)) {
    // Unlike `map` this sees holes, which are no JSON.
    return Array.from(value, (item, index) =>
      copyOf(item, { ...place, path: `${place.path}[${index}]`, depth: place.depth + 1 }, copying),
    );
  }
  if (isPlain(value)) return copyOfObject(value, place, copying);
  return refuse(place, copying, 'isPlainObject', 'must be plain, not an instance of a class');
}

/**
 * An object that JSON writes as it stands there: no list, and no instance of a class, which may write
 * itself otherwise. What has a prototype of nothing is plain as well: it may be of another realm.
 */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copyOfObject(value: object, { path, depth }: Place, copying: Copying): object {
  const members: (readonly [string, unknown])[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const place = { path: `${path}.${SHOWN_NAME.test(name) ? name : '*'}`, name, depth: depth + 1 };
    const broken = POISON.includes(name) ? 'must not have this name' : copying.memberRule(name);
    if (broken === undefined) members.push([name, copyOf(member, place, copying)]);
    else refuse(place, copying, 'isMember', broken);
  }
  return Object.fromEntries(members);
}

function refuse(
  { path }: Place,
  { violations }: Copying,
  rule: string,
  message: string,
): undefined {
  violations.push({ path, rule, message });
}
