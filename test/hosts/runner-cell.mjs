import { carryOut } from './checks.mjs';

const MINUTES = 60_000;

const jest = (esm) => ({
  rootDir: 'src',
  testRegex: String.raw`.*\.test\.ts$`,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['ts-jest', { ...(esm && { useESM: true }) }] },
  ...(esm && {
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  }),
});

const vitest = `import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { globals: true, include: ['src/**/*.test.ts'] } });
`;

const runners = {
  jest: async (host, node) => {
    await host.write('jest.config.json', jest(false));
    return host.tool('jest/bin/jest.js', ['--config', 'jest.config.json', '--json'], { node });
  },
  // Jest loads ESM packages, as those of Nest 12 are, into CommonJS only with this and from Node 24.9.
  'jest-vm': async (host, node) => {
    await host.write('jest.config.json', jest(false));
    const environment = { NODE_OPTIONS: '--experimental-vm-modules' };
    const args = ['--config', 'jest.config.json', '--json'];
    return host.tool('jest/bin/jest.js', args, { node, environment });
  },
  'jest-esm': async (host, node) => {
    await host.write('jest.config.json', jest(true));
    const environment = { NODE_OPTIONS: '--experimental-vm-modules' };
    const args = ['--config', 'jest.config.json', '--json'];
    return host.tool('jest/bin/jest.js', args, { node, environment, timeoutMs: 3 * MINUTES });
  },
  vitest: async (host, node) => {
    await host.write('vitest.config.ts', vitest);
    return host.tool('vitest/vitest.mjs', ['run', '--reporter=json'], { node });
  },
};

// Tests of a host, with the library's own testing module, under a test runner of that host.
export async function runnerCell({ place, ecosystem, runner, node }) {
  const { file } = await place.node(node);
  const host = await place.host(ecosystem);
  await host.add('tests');
  const title = `runs the tests of a host under ${runner}`;
  const check = async () => {
    const printed = await runners[runner](host, file);
    const line = printed.split('\n').find((one) => one.startsWith('{"')) ?? '{}';
    const { numPassedTests, numTotalTests } = JSON.parse(line);
    if (numPassedTests !== 4 || numTotalTests !== 4) throw new Error(`4 tests, not ${line}`);
  };
  return carryOut([{ title, check }], undefined);
}
