import type { GlomopayModuleOptions } from './glomopay-options.js';

/**
 * The host's options on their way through the container, which keeps every provided value where an
 * inspector can print it. Holds them in a private field and gives them out to the configuration
 * check only.
 */
export class SealedOptions {
  readonly #options: GlomopayModuleOptions;

  constructor(options: GlomopayModuleOptions) {
    this.#options = options;
    Object.freeze(this);
  }

  open(): GlomopayModuleOptions {
    return this.#options;
  }
}
