import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { GlomopayKeySource } from './key-provider.js';
import { wordsOf } from './key-reading.js';

/** A source of keys, and how it is listened to for changes. */
export class HeardSource {
  readonly source: GlomopayKeySource;
  readonly #option: string;
  readonly #changed: () => void;
  #unsubscribe: (() => void) | undefined;

  constructor(option: string, source: GlomopayKeySource, changed: () => void) {
    this.#option = option;
    this.source = source;
    this.#changed = changed;
  }

  /** @throws {GlomopayConfigurationError} `onChange` failed, or gave a promise. */
  listen(): void {
    let end: unknown;
    try {
      end = this.source.onChange?.(this.#changed);
    } catch (thrown) {
      throw this.#fault(`failed (${wordsOf(thrown)})`);
    }
    if (typeof end === 'function') this.#unsubscribe = end as () => void;
    if (!(end instanceof Promise)) return;
    unheard(end);
    throw this.#fault('must give at once what ends it, and no promise');
  }

  /** Never throws: it ends all the same, and what a source throws may hold a secret. */
  leave(): void {
    const unsubscribe = this.#unsubscribe;
    this.#unsubscribe = undefined;
    try {
      unheard(unsubscribe?.());
    } catch {
      // As above.
    }
  }

  #fault(what: string): GlomopayConfigurationError {
    return new GlomopayConfigurationError([`${this.#option}: onChange of its provider ${what}`]);
  }
}

/** What a source does after its end is no concern of ours, and nobody hears how it fails. */
function unheard(done: unknown): void {
  if (done instanceof Promise) done.catch(() => undefined);
}
