import { GlomopayConfigurationError } from '../../errors/configuration.error.js';

/** @throws {GlomopayConfigurationError} in production, where a gateway in memory would take orders for nothing. */
export function refuseProduction(name: string): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw new GlomopayConfigurationError([
    `${name} is a gateway in memory that takes no money; it is for tests and refuses NODE_ENV=production`,
  ]);
}
