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

export const ecosystems = {
  nest10: {
    format: 'commonjs',
    platform: platform(10),
    withLibrary: beside('@nestjs/axios@3', '@nestjs/config@3'),
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
  },
  nest11: {
    format: 'commonjs',
    platform: platform(11),
    withLibrary: beside('@nestjs/axios@4', '@nestjs/config@4'),
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
  },
  nest12: {
    format: 'module',
    platform: platform(12),
    withLibrary: beside('@nestjs/axios@12', '@nestjs/config@12'),
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
  },
};
