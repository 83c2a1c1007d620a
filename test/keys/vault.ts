import { setImmediate } from 'node:timers/promises';
import type { GlomopayKeySource } from 'nestjs-glomopay';

/** A vault in memory: an answer takes a while, and is what was there when it was asked. */
export class Vault {
  readings = 0;
  #keys: readonly string[];
  readonly #listeners = new Set<() => void>();

  constructor(...keys: readonly string[]) {
    this.#keys = keys;
  }

  /** How many listen for changes. */
  get listeners(): number {
    return this.#listeners.size;
  }

  put(...keys: readonly string[]): void {
    this.#keys = keys;
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  readonly source: GlomopayKeySource = {
    current: async () => {
      this.readings += 1;
      const keys = this.#keys;
      await setImmediate();
      return keys;
    },
    onChange: (changed) => {
      this.#listeners.add(changed);
      return () => void this.#listeners.delete(changed);
    },
  };
}
