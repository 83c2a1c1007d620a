import { GlomopayValidationError, type GlomopayViolation } from '../errors/validation.error.js';
import { instantMs } from '../values/calendar.js';

/** No text that names something is longer. */
const MOST_OF_TEXT = 1_000;

/**
 * The members of a query or a body, read one by one. Whatever is wrong is told at once, by
 * {@link assertNone}; what nobody has read is wrong too.
 */
export class Input {
  readonly #members: ReadonlyMap<string, unknown>;
  readonly #read = new Set<string>();
  readonly #violations: GlomopayViolation[] = [];

  constructor(members: ReadonlyMap<string, unknown>) {
    this.#members = members;
  }

  /** A text that is not empty. */
  text(path: string): string {
    return this.optionalText(path) ?? this.#fault(path, 'isDefined', 'must be given', '');
  }

  /** The same; an empty one counts as none, which is what forms send. */
  optionalText(path: string): string | undefined {
    const value = this.#take(path);
    if (value === undefined || value === '') return undefined;
    return typeof value === 'string' && value.length <= MOST_OF_TEXT
      ? value
      : this.#fault(path, 'isString', `must be a text of at most ${MOST_OF_TEXT} characters`, '');
  }

  /** One of some words. */
  oneOf<T extends string>(path: string, words: readonly T[]): T | undefined {
    const value = this.optionalText(path);
    const found = words.find((word) => word === value);
    if (value !== undefined && found === undefined) {
      this.#fault(path, 'isIn', `must be one of ${words.join(', ')}`, undefined);
    }
    return found;
  }

  /** A whole number from 1 on, as a number or in digits. */
  count(path: string, most: number, otherwise: number): number {
    const value = this.#take(path);
    if (value === undefined || value === '') return otherwise;
    const isDigits = typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value);
    const given = isDigits ? Number(value) : value;
    return typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= most
      ? given
      : this.#fault(path, 'isInt', `must be a whole number from 1 to ${most}`, otherwise);
  }

  flag(path: string): boolean {
    const value = this.#take(path);
    return typeof value === 'boolean'
      ? value
      : this.#fault(path, 'isBoolean', 'must be true or false', false);
  }

  moment(path: string): Date | undefined {
    const value = this.optionalText(path);
    if (value === undefined) return undefined;
    const ms = instantMs(value);
    return ms === undefined
      ? this.#fault(path, 'isInstant', 'must be a time such as 2026-01-31T12:00:00Z', undefined)
      : new Date(ms);
  }

  /** Whatever stands there, for those who check it themselves. */
  any(path: string): unknown {
    return this.#take(path);
  }

  fault(path: string, rule: string, message: string): void {
    this.#violations.push({ path, rule, message });
  }

  /** @throws {GlomopayValidationError} a member is wrong, or there is one that nobody knows. */
  assertNone(): void {
    const isUnknown = [...this.#members.keys()].some((name) => !this.#read.has(name));
    if (isUnknown) {
      const known = [...this.#read].join(', ');
      this.fault('', 'whitelist', `has a member that does not exist; there are ${known}`);
    }
    if (this.#violations.length > 0) {
      throw new GlomopayValidationError('request', this.#violations);
    }
  }

  #take(path: string): unknown {
    this.#read.add(path);
    return this.#members.get(path);
  }

  #fault<T>(path: string, rule: string, message: string, instead: T): T {
    this.fault(path, rule, message);
    return instead;
  }
}
