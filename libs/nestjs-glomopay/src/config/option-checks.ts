import { GlomopayConfigurationError } from '../errors/configuration.error.js';

/** The longest name of an account that a column, a queue or a metric takes without trouble. */
const ACCOUNT = /^[^\p{Cc}]{1,64}$/u;

/** Collects faults while options are read, so that all of them are told at once. */
export class OptionChecks {
  readonly faults: string[] = [];

  /** The value of an option. What a getter throws is not passed on: it may quote a value. */
  read(options: object, option: string): unknown {
    try {
      return Reflect.get(options, option);
    } catch {
      this.faults.push(`${option} cannot be read`);
      return undefined;
    }
  }

  /** A whole number of a range, or the default when the option is not given. */
  wholeNumber(option: string, value: unknown, range: readonly [number, number], fallback: number) {
    if (value === undefined) return fallback;
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= range[0] &&
      value <= range[1]
    ) {
      return value;
    }
    this.faults.push(`${option} must be a whole number from ${range[0]} to ${range[1]}`);
    return fallback;
  }

  /** A pause in milliseconds: a whole number of a range, or 0 for never. */
  pause(option: string, value: unknown, range: readonly [number, number], fallback: number) {
    if (value === undefined || value === 0) return value ?? fallback;
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (value >= range[0] && value <= range[1]) return value;
    }
    this.faults.push(`${option} must be 0 or a whole number from ${range[0]} to ${range[1]}`);
    return fallback;
  }

  /** Zero or more, `Infinity` included; the default when the option is not given. */
  limit(option: string, value: unknown, fallback: number): number {
    if (value === undefined) return fallback;
    if (typeof value === 'number' && value >= 0) return value;
    this.faults.push(`${option} must be a number, 0 or more`);
    return fallback;
  }

  /** One of a closed list, or the default when the option is not given. */
  oneOf<T extends string, D extends T | undefined>(
    option: string,
    value: unknown,
    allowed: readonly T[],
    fallback: D,
  ): T | D {
    if (value === undefined) return fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    this.faults.push(`${option} must be one of ${allowed.join(', ')}`);
    return fallback;
  }

  /** True or false, or the default when the option is not given. */
  flag(option: string, value: unknown, fallback = false): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? fallback;
    this.faults.push(`${option} must be true or false`);
    return fallback;
  }

  /** The name of a merchant account; undefined stands for the unnamed one. */
  accountName(option: string, value: unknown): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() === value && ACCOUNT.test(value)) return value;
    this.faults.push(`${option} must be a name of 1 to 64 characters`);
    return undefined;
  }

  /**
   * An object that does what its port says, told by its methods: one of the other build of this
   * library, or one that a host has written, is no instance of our class.
   */
  port<T>(option: string, value: unknown, methods: readonly (keyof T & string)[], kind: string) {
    const missing = methods.find((method) => typeof memberOf(value, method) !== 'function');
    if (missing === undefined) return value as T;
    const isObject = typeof value === 'object' && value !== null;
    this.faults.push(`${option} must be ${kind}${isObject ? `; it has no method ${missing}` : ''}`);
    return undefined;
  }

  /** A nested group of options; anything but an object is a fault. */
  group(
    option: string,
    value: unknown,
    known: readonly string[],
  ): Readonly<Record<string, unknown>> {
    if (value === undefined) return {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.faults.push(`${option} must be an object`);
      return {};
    }
    this.knownOnly(option, value, known);
    return value as Readonly<Record<string, unknown>>;
  }

  /** An option that we do not know is a typing error; a misspelled limit must not go unnoticed. */
  knownOnly(option: string, value: object, known: readonly string[]): void {
    if (Object.keys(value).some((name) => !known.includes(name))) {
      this.faults.push(
        `${option} has an option that does not exist; there are ${known.join(', ')}`,
      );
    }
  }

  /** @throws {GlomopayConfigurationError} there are faults; it lists them all. */
  assertNone(): void {
    if (this.faults.length > 0) throw new GlomopayConfigurationError(this.faults);
  }
}

function memberOf(value: unknown, name: string): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}
