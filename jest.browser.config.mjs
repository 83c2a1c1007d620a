import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['**/*.browser.e2e-spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
