import type { Clock } from '../time/clock.js';
import { mintSecretKey } from './secret-key.js';
import type { KeyOwner } from './secret-key.js';

/** An old key may stay valid for at most seven days. */
export const MAX_OLD_KEY_VALID_FOR_MS = 604_800_000;

interface IssuedKey {
  readonly key: string;
  readonly expiresAt: number;
}

/** The merchant's secret keys. Several can be active at once while one is being rotated out. */
export class KeyRing {
  readonly #keys: IssuedKey[];

  readonly #owner: KeyOwner;
  readonly #clock: Clock;

  private constructor(owner: KeyOwner, clock: Clock, first: string) {
    this.#owner = owner;
    this.#clock = clock;
    this.#keys = [{ key: first, expiresAt: Infinity }];
  }

  static async create(owner: KeyOwner, clock: Clock): Promise<KeyRing> {
    return new KeyRing(owner, clock, await mintSecretKey(owner, clock.now()));
  }

  /** The key that signs callbacks by default. */
  get newest(): string {
    return this.#keys[0]?.key ?? '';
  }

  /** Active keys, newest first. */
  active(): string[] {
    const now = this.#clock.now();
    return this.#keys.filter(({ expiresAt }) => now < expiresAt).map(({ key }) => key);
  }

  /** The next older key that is still active, if there is one. */
  older(): string | undefined {
    return this.active()[1];
  }

  isActive(key: string): boolean {
    return this.active().includes(key);
  }

  /**
   * Issues a new key. The one before it stays valid for the given time.
   *
   * @throws {RangeError} outside 0 to 604 800 000 ms.
   */
  async rotate(oldKeyValidForMs: number): Promise<string> {
    if (!(oldKeyValidForMs >= 0 && oldKeyValidForMs <= MAX_OLD_KEY_VALID_FOR_MS)) {
      throw new RangeError(`oldKeyValidForMs must be between 0 and ${MAX_OLD_KEY_VALID_FOR_MS}`);
    }
    const key = await mintSecretKey(this.#owner, this.#clock.now());
    const [previous] = this.#keys.splice(0, 1);
    if (previous) {
      this.#keys.unshift({ ...previous, expiresAt: this.#clock.now() + oldKeyValidForMs });
    }
    this.#keys.unshift({ key, expiresAt: Infinity });
    return key;
  }
}
