/**
 * The shop cannot start with this configuration. The message lists every fault by the name of its
 * variable and never repeats a value.
 */
export class ShopConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The shop cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ShopConfigurationError';
  }
}
