import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { healthConfig } from './health-options.js';

describe('healthConfig', () => {
  const defaults = {
    name: undefined,
    timeoutMs: 3_000,
    cacheMs: 10_000,
    gatewayOutage: 'down',
    maxOldestOpenMs: 3_600_000,
    maxOpen: Infinity,
    maxFailed: Infinity,
    maxNeedsAttention: Infinity,
  };

  it('fills in the defaults, for undefined too', () => {
    expect(healthConfig({})).toEqual(defaults);
    const absent = Object.fromEntries(Object.keys(defaults).map((name) => [name, undefined]));
    expect(healthConfig(absent)).toEqual(defaults);
  });

  it.each([
    { timeoutMs: 0 },
    { timeoutMs: null },
    { timeoutMs: Infinity },
    { cacheMs: -1 },
    { gatewayOutage: 'up' },
    { maxOpen: null },
    { maxFailed: NaN },
    { maxFailed: '5' },
    { maxOldestOpenMs: -1 },
    { name: '' },
    { maxNeedAttention: 5 },
  ])('refuses %j', (options) => {
    expect(() => healthConfig(options)).toThrow(GlomopayConfigurationError);
  });
});
