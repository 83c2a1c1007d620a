import { describe, expect, it } from '@jest/globals';
import type { ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GlomopayModule } from '../glomopay.module.js';
import { MemoryTrackingStore } from '../tracking/store/memory/memory-tracking-store.js';
import { GlomopayTrackingModule } from '../tracking/tracking.module.js';

const secretKey = 'secret-alpha-1f0c2e';
const store = new MemoryTrackingStore();

/** The registrations as JavaScript sees them. */
const modules = {
  GlomopayModule: GlomopayModule as unknown as Loose,
  GlomopayTrackingModule: GlomopayTrackingModule as unknown as Loose,
};
interface Loose {
  forRoot(options: unknown): never;
  forRootAsync(options: unknown): never;
}

function faultsOf(register: () => unknown): readonly string[] {
  try {
    register();
    return [];
  } catch (thrown) {
    if (thrown instanceof GlomopayConfigurationError) return thrown.faults;
    throw thrown;
  }
}

describe.each(['GlomopayModule', 'GlomopayTrackingModule'] as const)('%s', (name) => {
  const module = modules[name];
  const options = name === 'GlomopayModule' ? { secretKey } : { store };
  const useFactory = () => options;

  it.each([undefined, null, 'x', 7, [options]])('is not registered with %p', (odd) => {
    expect(faultsOf(() => module.forRoot(odd))).toEqual([
      `${name}.forRoot must be given an object of options`,
    ]);
    expect(faultsOf(() => module.forRootAsync(odd))).toEqual([
      `${name}.forRootAsync must be given an object of options`,
    ]);
  });

  it.each([null, '', ' ', 7, 'a\nb', ' padded', 'x'.repeat(65)])(
    'takes no account named %p',
    (odd) => {
      const fault = ['name must be a name of 1 to 64 characters'];
      expect(faultsOf(() => module.forRoot({ ...options, name: odd }))).toEqual(fault);
      expect(faultsOf(() => module.forRootAsync({ useFactory, name: odd }))).toEqual(fault);
    },
  );

  it('takes an undefined name for the default account', () => {
    expect(faultsOf(() => module.forRoot({ ...options, name: undefined }))).toEqual([]);
    expect(faultsOf(() => module.forRootAsync({ useFactory, name: undefined }))).toEqual([]);
  });

  it('notices a misspelled member and a missing factory', () => {
    expect(faultsOf(() => module.forRootAsync({ usefactory: useFactory, webhook: {} }))).toEqual([
      expect.stringMatching(`^${name}.forRootAsync has an option that does not exist`),
      `${name}.forRootAsync needs useFactory, useClass or useExisting`,
    ]);
  });

  it.each([undefined, null, [], 'x', 7])(
    'does not start with a factory that gives %p',
    async (odd) => {
      const imports: NonNullable<ModuleMetadata['imports']> = [
        ...(name === 'GlomopayModule' ? [] : [GlomopayModule.forRoot({ secretKey })]),
        module.forRootAsync({ useFactory: async () => odd }),
      ];
      await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(
        GlomopayConfigurationError,
      );
    },
  );
});
