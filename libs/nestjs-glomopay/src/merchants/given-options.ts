import { isDeepStrictEqual } from 'node:util';
import { keySourceOf, type GlomopayKeySource } from '../config/key-provider.js';
import { OPTIONS } from '../config/resolve-config.js';

/** Options that may be a provider. */
type KeyOption = 'secretKey' | 'webhookSecret';

/** Has groups in it, and nothing that would be of somebody. */
const TRACKING = 'tracking';
/** In the place of a provider: one is like another. */
const PROVIDER = Symbol('provider');

/**
 * The options of an account as they were when a source gave them, to be compared with those that it gives
 * later: it may give one object each time, and change it in between. No way of printing shows them.
 */
export class GivenOptions {
  /** Undefined: they cannot be read. */
  readonly #values: ReadonlyMap<string, unknown> | undefined;
  readonly #providers = new Map<KeyOption, unknown>();

  constructor(options: unknown) {
    this.#values = this.#read(options);
  }

  /** Whether they are the same, whatever the providers of keys. What cannot be read is like nothing. */
  isLike(options: GivenOptions): boolean {
    const own = this.#values;
    const others = options.#values;
    if (own === undefined || others === undefined || own.size !== others.size) return false;
    return [...own].every(
      ([name, value]) => others.has(name) && isSame(name, value, others.get(name)),
    );
  }

  /** The providers of these that are not the very same here. */
  otherProviders(options: GivenOptions): Partial<Record<KeyOption, GlomopayKeySource>> {
    const others: Partial<Record<KeyOption, GlomopayKeySource>> = {};
    for (const [option, provider] of options.#providers) {
      const source = keySourceOf(provider);
      if (source !== undefined && provider !== this.#providers.get(option)) others[option] = source;
    }
    return others;
  }

  #read(options: unknown): ReadonlyMap<string, unknown> | undefined {
    if (typeof options !== 'object' || options === null) return undefined;
    try {
      // By name: a row of a table may have its columns as getters of its class.
      const names = new Set([...OPTIONS, TRACKING, ...Object.keys(options)]);
      return new Map(
        [...names].map((name) => [name, this.#taken(name, Reflect.get(options, name))]),
      );
    } catch {
      return undefined;
    }
  }

  #taken(name: string, value: unknown): unknown {
    const isOfKeys = name === 'secretKey' || name === 'webhookSecret';
    if (isOfKeys && keySourceOf(value) !== undefined) {
      this.#providers.set(name, value);
      return PROVIDER;
    }
    if (name === TRACKING) return structuredClone(value);
    if (Array.isArray(value)) return [...(value as unknown[])];
    return typeof value === 'object' && value !== null ? { ...value } : value;
  }
}

/** Of a group every member; agents only where they are the very same, for what they hold does not show. */
function isSame(option: string, one: unknown, other: unknown): boolean {
  if (option === TRACKING) return isDeepStrictEqual(one, other);
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
    return Object.is(one, other);
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [its, others]: readonly unknown[] = [Reflect.get(one, name), Reflect.get(other, name)];
    return typeof its === 'object' ? its === others : isDeepStrictEqual(its, others);
  });
}
