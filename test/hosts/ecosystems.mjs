// What a host of each Nest is made of, as that Nest's own generator makes it: the module format, the
// packages of its platform, its compiler and the options of it, and the packages that its tests need.
const common = {
  removeComments: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  allowSyntheticDefaultImports: true,
  outDir: './dist',
  rootDir: './src',
  skipLibCheck: true,
  strict: true,
  strictPropertyInitialization: false,
  forceConsistentCasingInFileNames: true,
};

const nodeNext = {
  ...common,
  module: 'nodenext',
  moduleResolution: 'nodenext',
  resolvePackageJsonExports: true,
  esModuleInterop: true,
  isolatedModules: true,
  target: 'ES2023',
};

const platform = (major) => ({
  '@nestjs/common': `^${major}.0.0`,
  '@nestjs/core': `^${major}.0.0`,
  '@nestjs/platform-express': `^${major}.0.0`,
  '@nestjs/platform-fastify': `^${major}.0.0`,
  'reflect-metadata': '^0.2.2',
  rxjs: '^7.8.1',
});

// What the README's install line names beside the library.
const beside = (axios, config) => [axios, 'axios', config, 'class-validator', 'class-transformer'];

const request = { supertest: '^7.0.0', '@types/supertest': '^7.0.0' };

const nest10 = {
  format: 'commonjs',
  nest: 10,
  platform: platform(10),
  withLibrary: beside('@nestjs/axios@3', '@nestjs/config@3'),
  optional: ['bullmq', '@nestjs/terminus@11'],
  tools: {
    typescript: '~5.4.5',
    '@types/node': '^20.3.1',
    '@nestjs/testing': '^10.0.0',
    jest: '^29.5.0',
    '@types/jest': '^29.5.2',
    'ts-jest': '^29.1.0',
    ...request,
  },
  // `module: commonjs` alone means `moduleResolution: node10`.
  compilerOptions: { ...common, module: 'commonjs', target: 'ES2021', esModuleInterop: true },
};

const nest11 = {
  format: 'commonjs',
  nest: 11,
  platform: platform(11),
  withLibrary: beside('@nestjs/axios@4', '@nestjs/config@4'),
  optional: ['bullmq', '@nestjs/terminus@11'],
  tools: {
    typescript: '^5.7.3',
    '@types/node': '^22.0.0',
    '@nestjs/testing': '^11.0.1',
    jest: '^30.0.0',
    '@types/jest': '^30.0.0',
    'ts-jest': '^29.2.5',
    ...request,
  },
  compilerOptions: nodeNext,
};

const nest12 = {
  format: 'module',
  nest: 12,
  platform: platform(12),
  withLibrary: beside('@nestjs/axios@12', '@nestjs/config@12'),
  optional: ['bullmq', '@nestjs/terminus@12'],
  tools: {
    typescript: '^6.0.2',
    '@types/node': '^24.0.0',
    '@nestjs/testing': '^12.0.1',
    jest: '^30.0.0',
    '@types/jest': '^30.0.0',
    'ts-jest': '^29.4.0',
    vitest: '^4.1.2',
    ...request,
  },
  compilerOptions: nodeNext,
};

// The oldest packages of a Nest that the library's peers allow and npm can put together: the first of
// Nest's own 11 and 12 name the Nest before them as their peer.
function oldest(ecosystem, version, companion) {
  const { platform: newest, tools, nest } = ecosystem;
  const floors = { 'reflect-metadata': nest === 12 ? '0.2.2' : '0.1.13', rxjs: '7.1.0' };
  const exact = Object.keys(newest).map((name) => [name, floors[name] ?? version]);
  const others = [`@nestjs/axios@${companion}`, 'axios@1.18.0', `@nestjs/config@${companion}`];
  return {
    ...ecosystem,
    isOldest: true,
    platform: Object.fromEntries(exact),
    tools: { typescript: tools.typescript, '@types/node': tools['@types/node'] },
    withLibrary: [...others, 'class-validator@0.14.0', 'class-transformer@0.5.1'],
  };
}

export const ecosystems = {
  nest10,
  nest11,
  nest12,
  // What the generator makes for hosts that stay with CommonJS; that Nest's own packages are ESM.
  'nest12-commonjs': { ...nest12, format: 'commonjs' },
  'nest10-oldest': oldest(nest10, '10.0.0', '3.0.0'),
  'nest11-oldest': oldest(nest11, '11.0.3', '4.0.0'),
  'nest12-oldest': oldest(nest12, '12.0.1', '12.0.0'),
};
