import { availableParallelism } from 'node:os';
import { base } from './jest.base.mjs';

/** What is published, and what compilers and hosts make of it: minutes of `tsc` and of child processes. */
export default {
  ...base,
  roots: ['<rootDir>/test/package'],
  testMatch: ['**/*.e2e-spec.ts'],
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: '<rootDir>/test/package/build-package.mjs',
};
