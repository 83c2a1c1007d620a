import { reveal, Secret } from '../values/secret.js';
import type { KeyReading } from './key-reading.js';
import type { Secrets } from './key-ring.js';

/** More old keys than any rotation has: a source that invents one each time must not fill the memory. */
const MOST_OLDER = 16;

interface OlderKey {
  readonly secret: Secret;
  /** By the clock that only grows, in milliseconds. */
  readonly until: number;
}

/**
 * What a reading has brought: a key that did not count before; other keys, or another order, of those
 * that did; the same.
 */
export type Taken = 'new' | 'rearranged' | 'same';

/** The keys of the last reading, and those of readings before that still verify for a while. */
export class HeldKeys {
  readonly #graceMs: number;
  #present: Secrets;
  #older: readonly OlderKey[] = [];
  #active: Secrets;

  constructor(first: readonly string[], graceMs: number) {
    this.#graceMs = graceMs;
    this.#present = secretsOf(first, []);
    this.#active = this.#present;
  }

  /** How many the source gives. */
  get present(): number {
    return this.#present.length;
  }

  /** When the next older key ends; `Infinity`: there is none. */
  get nextEnd(): number {
    return this.#older.reduce((first, { until }) => Math.min(first, until), Infinity);
  }

  active(now: number): Secrets {
    // A look at nothing, nearly always.
    if (this.#older.length > 0 && now >= this.nextEnd) this.#keep(this.#older, now);
    return this.#active;
  }

  /** Puts the keys of a reading in the place of those before. */
  take({ keys, graceMs }: KeyReading, now: number): Taken {
    const before = this.#present;
    const known = this.#active;
    const endsAt = now + (graceMs ?? this.#graceMs);
    const present = secretsOf(keys, known);
    const older = [
      ...before.map((secret) => ({ secret, until: endsAt })),
      ...this.#older.map(({ secret, until }) => ({
        secret,
        until: graceMs === undefined ? until : Math.min(until, endsAt),
      })),
    ].filter(({ secret }) => !present.includes(secret));
    const isChanged =
      present.length !== before.length || present.some((secret, at) => secret !== before[at]);
    if (!isChanged && graceMs === undefined) return 'same';
    this.#present = present;
    this.#keep(older, now);
    if (!isChanged) return 'same';
    return present.every((secret) => known.includes(secret)) ? 'rearranged' : 'new';
  }

  #keep(older: readonly OlderKey[], now: number): void {
    this.#older = older.filter(({ until }) => now < until).slice(0, MOST_OLDER);
    this.#active = [...this.#present, ...this.#older.map(({ secret }) => secret)];
  }
}

/** A key that is known already stays the same object, and what was made of it stays good. */
function secretsOf(keys: readonly string[], known: readonly Secret[]): Secrets {
  const [first, ...others] = keys.map(
    (key) => known.find((secret) => reveal(secret) === key) ?? new Secret(key),
  );
  if (first === undefined) throw new TypeError('A reading has at least one key.');
  return [first, ...others];
}
