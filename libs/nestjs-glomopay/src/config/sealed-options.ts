import type { GlomopayModuleOptions } from './glomopay-options.js';

/** An option that only some accounts have, checked by whoever knows it; its faults are told with all others. */
export interface FurtherOption {
  readonly name: string;
  /** What is wrong with it; no value. */
  readonly faults: readonly string[];
}

/**
 * The host's options on their way through the container, which keeps every provided value where an
 * inspector can print it. Holds them in a private field and gives them out to the configuration
 * check only.
 */
export class SealedOptions {
  readonly #options: GlomopayModuleOptions;
  /** Options beside those of every account. */
  readonly further: readonly FurtherOption[];

  constructor(options: GlomopayModuleOptions, further: readonly FurtherOption[] = []) {
    this.#options = options;
    this.further = further;
    Object.freeze(this);
  }

  open(): GlomopayModuleOptions {
    return this.#options;
  }
}
