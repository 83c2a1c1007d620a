import { availableParallelism } from 'node:os';
import process from 'node:process';
import { base } from './jest.base.mjs';

// After a change, a file has to be loaded again; and coverage is counted by Jest's own loader.
const oneGraph = !process.argv.some((argument) => /^--(watch|coverage)/.test(argument));

/** `npm run test:all`: every test but those of the package and of browsers. */
export default {
  ...base,
  ...(oneGraph && {
    testEnvironment: '<rootDir>/dev/one-graph/environment.mjs',
    runtime: '<rootDir>/dev/one-graph/runtime.mjs',
  }),
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '\\.browser\\.e2e-spec\\.ts$',
    '<rootDir>/test/package/',
  ],
  // Tests wait for sockets and databases about as long as they compute; by itself Jest would leave one
  // of two cores idle.
  maxWorkers: Math.max(4, availableParallelism()),
  testSequencer: '<rootDir>/dev/slow-first.mjs',
  // A worker keeps the modules of every file that it has run.
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', 'libs/*/src/**/*.ts', '!**/*.spec.ts', '!**/*.spec-d.ts'],
};
