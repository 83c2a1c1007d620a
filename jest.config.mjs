import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.browser\\.e2e-spec\\.ts$'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', 'libs/*/src/**/*.ts', '!**/*.spec.ts', '!**/*.spec-d.ts'],
};
