import { swcOptions } from './dev/swc-options.mjs';

/** What every Jest run of this workspace shares: ESM, and the packages by name from their sources. */
export const base = {
  rootDir: '.',
  testEnvironment: 'node',
  // Real sockets, real databases, and machines that may be busy. It ends what hangs, and measures nothing.
  testTimeout: 120_000,
  // A worker that has run many files takes longer than the half second by default to end, with nothing open.
  workerGracefulExitTimeout: 10_000,
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/src', '<rootDir>/libs', '<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/[^/]+/dist/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^nestjs-glomopay$': '<rootDir>/libs/nestjs-glomopay/src/index.ts',
    '^nestjs-glomopay/([a-z-]+)$': '<rootDir>/libs/nestjs-glomopay/src/$1/index.ts',
    '^glomopay-sandbox$': '<rootDir>/libs/glomopay-sandbox/src/index.ts',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions],
  },
};
