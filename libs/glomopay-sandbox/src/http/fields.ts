import { GatewayError } from './gateway-error.js';
import { parseInstant } from '../time/instant.js';
import { fieldLabel } from './field-label.js';
import { queryOf } from './query-of.js';
import { ANY_TEXT, isBlank, textFault } from './text-rule.js';
import type { TextRule } from './text-rule.js';

/**
 * Reads one JSON object strictly: exact types, no unknown members.
 *
 * Problems are gathered and thrown together by {@link finish}. Their texts name documented fields
 * only; neither a received value nor an unknown member's name is repeated, because either could be
 * card data. Most texts are INFERRED, in the style of the documented ones (docs/gateway.md, Errors).
 */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #label: string;
  readonly #problems: string[];
  readonly #known = new Set<string>();
  readonly #children: Fields[] = [];

  private constructor(value: object, label: string, problems: string[]) {
    this.#values = new Map(Object.entries(value));
    this.#label = label;
    this.#problems = problems;
  }

  static of(body: unknown): Fields {
    if (!isPlainObject(body)) throw GatewayError.badRequest('Request body must be a JSON object');
    return new Fields(body, '', []);
  }

  /** The query of a call that is no list, read as strictly as a body. */
  static ofQuery(request: { readonly url: string }): Fields {
    return new Fields(Object.fromEntries(queryOf(request)), '', []);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Records a problem unless the member is there, whatever it is. */
  require(name: string): void {
    if (!this.has(name)) this.#reject(name, "can't be blank");
  }

  /** Everything there is, for a reader with rules of its own. */
  all(): object {
    return Object.fromEntries(this.#values);
  }

  /** A value for a reader with rules of its own. */
  any(name: string): unknown {
    return this.#read(name);
  }

  /** Records a problem that spans several fields. */
  problem(text: string): void {
    this.#problems.push(text);
  }

  text(name: string, rule: TextRule = ANY_TEXT): string | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const fault = textFault(value, rule);
    if (fault === undefined && typeof value === 'string') return value;
    this.#reject(name, fault ?? 'is invalid');
    return undefined;
  }

  requiredText(name: string, rule: TextRule = ANY_TEXT): string {
    if (isBlank(this.#read(name))) {
      this.#reject(name, "can't be blank");
      return '';
    }
    return this.text(name, rule) ?? '';
  }

  /** An id of one kind: `doc` for `doc_…`. Whether there is such an object is another question. */
  id(name: string, prefix: string): string | undefined {
    return this.text(name, idRule(prefix));
  }

  requiredId(name: string, prefix: string): string {
    return this.requiredText(name, idRule(prefix));
  }

  /** A day of the calendar: `2026-03-01`. */
  date(name: string): string | undefined {
    const text = this.text(name, { pattern: /^\d{4}-\d{2}-\d{2}$/ });
    if (text === undefined || parseInstant(text, 'start') !== undefined) return text;
    this.#reject(name, 'is invalid');
    return undefined;
  }

  /**
   * A moment, ISO 8601, UTC unless it says otherwise; in milliseconds since the Unix epoch.
   *
   * @param bareDate which moment of its day a bare date is. @defaultValue 'end'
   */
  instant(name: string, bareDate: 'start' | 'end' = 'end'): number | undefined {
    const text = this.text(name);
    const instant = text === undefined ? undefined : parseInstant(text, bareDate);
    if (text !== undefined && instant === undefined) this.#reject(name, 'is invalid');
    return instant;
  }

  /** @param fault what is said of another value. @defaultValue 'is not included in the list' */
  oneOf<T extends string>(
    name: string,
    allowed: readonly T[],
    fault = 'is not included in the list',
  ): T | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.#reject(name, fault);
    return found;
  }

  /** @returns the first of them where it is missing or wrong: a stand-in until {@link finish} throws. */
  requiredOneOf<T extends string>(name: string, allowed: readonly [T, ...T[]], fault?: string): T {
    this.require(name);
    return this.oneOf(name, allowed, fault) ?? allowed[0];
  }

  /** A list of texts out of `allowed`. */
  someOf<T extends string>(name: string, allowed: readonly T[]): T[] | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const found = allowed.filter((candidate) => Array.isArray(value) && value.includes(candidate));
    if (Array.isArray(value) && value.length > 0 && value.length === found.length) return found;
    this.#reject(name, 'is not included in the list');
    return undefined;
  }

  /** A list of texts, empty or not. */
  texts(name: string): string[] | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const found = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    if (Array.isArray(value) && value.length === found.length) return found;
    this.#reject(name, 'is invalid');
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#read(name);
    if (value === undefined || typeof value === 'boolean') return value;
    this.#reject(name, 'is invalid');
    return undefined;
  }

  /** @throws {GatewayError} at once when it is no integer: that text is documented alone. */
  integer(name: string, minimum: number): number | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw GatewayError.badRequest(`${fieldLabel(this.#label, name)} must be an integer`);
    }
    if (value < minimum) this.#reject(name, `must be greater than or equal to ${minimum}`);
    else if (!Number.isSafeInteger(value)) this.#reject(name, 'is too large');
    return value;
  }

  /** Free-form text pairs, or null. */
  notes(name: string, reserved: readonly string[]): Record<string, string> | null {
    const value = this.#read(name);
    if (value === undefined || value === null) return null;
    if (!isPlainObject(value)) {
      this.#reject(name, 'must be an object');
      return null;
    }
    const pairs: [string, string][] = [];
    for (const [key, text] of Object.entries(value)) {
      if (typeof text === 'string') pairs.push([key, text]);
      else this.#reject(name, 'values must be strings');
      if (reserved.includes(key)) this.#reject(name, 'contain a reserved field name');
    }
    return Object.fromEntries(pairs);
  }

  /** An object with whatever is in it. */
  anyObject(name: string): object | undefined {
    const value = this.#read(name);
    if (value === undefined || isPlainObject(value)) return value;
    this.#reject(name, 'must be an object');
    return undefined;
  }

  object(name: string): Fields | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    if (!isPlainObject(value)) {
      this.#reject(name, 'must be an object');
      return undefined;
    }
    const child = new Fields(value, fieldLabel(this.#label, name), this.#problems);
    this.#children.push(child);
    return child;
  }

  /** A list of objects, empty or not. */
  objects(name: string): Fields[] | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    const found = items.filter(isPlainObject);
    if (found.length !== items.length) {
      this.#reject(name, 'is invalid');
      return [];
    }
    const label = fieldLabel(this.#label, name);
    const children = found.map((item) => new Fields(item, label, this.#problems));
    this.#children.push(...children);
    return children;
  }

  /** A list of at least one object. */
  requiredObjects(name: string): Fields[] {
    const value = this.#read(name);
    const isMissing = isBlank(value) || (Array.isArray(value) && value.length === 0);
    if (isMissing) this.#reject(name, "can't be blank");
    return isMissing ? [] : (this.objects(name) ?? []);
  }

  /**
   * @param refusal in which form the problems are told. @defaultValue after "Validation failed:"
   * @throws {GatewayError} with every problem found, here and in nested objects.
   */
  finish(refusal: (problems: readonly string[]) => GatewayError = GatewayError.validation): void {
    this.#findUnknown();
    if (this.#problems.length > 0) throw refusal([...new Set(this.#problems)]);
  }

  #findUnknown(): void {
    const unknown = [...this.#values.keys()].some((name) => !this.#known.has(name));
    if (unknown) this.#problems.push(`${this.#label || 'Request'} contains an unknown field`);
    for (const child of this.#children) child.#findUnknown();
  }

  #read(name: string): unknown {
    this.#known.add(name);
    return this.#values.get(name);
  }

  #reject(name: string, what: string): void {
    this.#problems.push(`${fieldLabel(this.#label, name)} ${what}`);
  }
}

function idRule(prefix: string): TextRule {
  return { pattern: new RegExp(`^${prefix}_[A-Za-z0-9]+$`) };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
