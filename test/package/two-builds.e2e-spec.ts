import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as sources from 'nestjs-glomopay';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const entryPoints = (packed: PackedLibrary): string[] =>
  Object.keys(packed.manifest.exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => entry.replace('.', 'nestjs-glomopay'));

describe('The two builds of nestjs-glomopay', () => {
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('export exactly what the index names', async () => {
    const names = Object.keys(sources).toSorted();
    const esm = "console.log(JSON.stringify(Object.keys(await import('nestjs-glomopay'))))";
    const cjs = "console.log(JSON.stringify(Object.keys(require('nestjs-glomopay'))))";
    expect((JSON.parse(await packed.node(esm)) as string[]).toSorted()).toEqual(names);
    expect((JSON.parse(await packed.node(cjs, 'commonjs')) as string[]).toSorted()).toEqual(names);
  });

  it('have code of their own for every entry point, none of it the other one', async () => {
    const printed = await packed.node(`
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      for (const entry of ${JSON.stringify(entryPoints(packed))}) {
        const [esm, cjs] = [await import(entry), require(entry)];
        const names = (module) => Object.keys(module).filter((name) => name !== 'default').sort();
        const shared = names(esm).filter((name) => typeof esm[name] === 'function' && esm[name] === cjs[name]);
        console.log(entry, names(esm).join() === names(cjs).join(), names(esm).length > 0, shared.length);
      }
    `);
    expect(printed.split('\n')).toEqual(entryPoints(packed).map((entry) => `${entry} true true 0`));
  });

  it.each(['esm', 'cjs'])('never load a file of the other one: %s', async (format) => {
    for (const file of packed.files.filter((name) => /(?<!\.d)\.js$/.test(name))) {
      if (!file.startsWith(`dist/${format}/`)) continue;
      const text = await packed.read(file);
      const other =
        format === 'esm' ? /\brequire\(|\bcjs\// : /^import |\bimport\(["'`]\.|\besm\//m;
      expect({ file, found: other.exec(text)?.[0] }).toEqual({ file, found: undefined });
      // In a CommonJS file only this makes a write to a frozen object an error.
      if (format === 'cjs') expect(text.slice(0, 12)).toMatch(/^["']use strict/);
    }
  });

  it.each(['module', 'commonjs'] as const)(
    'share their classes among the entry points of one format: %s',
    async (format) => {
      const load = format === 'module' ? 'await import' : 'require';
      const printed = await packed.node(
        `const { TrackingStore } = ${load}('nestjs-glomopay');
         const { PostgresTrackingStore } = ${load}('nestjs-glomopay/postgres');
         const { SqliteTrackingStore } = ${load}('nestjs-glomopay/sqlite');
         console.log(PostgresTrackingStore.prototype instanceof TrackingStore, SqliteTrackingStore.prototype instanceof TrackingStore);`,
        format,
      );
      expect(printed).toBe('true true');
    },
  );

  it.each(['module', 'commonjs'] as const)(
    'mount the operations of one over the accounts of either: %s',
    async (format) => {
      const other = format === 'module' ? 'require' : 'await import';
      const own = format === 'module' ? 'await import' : 'require';
      const printed = await packed.node(
        `${format === 'module' ? "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" : '(async () => {'}
        require('reflect-metadata');
        const { NestFactory } = ${own}('@nestjs/core');
        const { GlomopayOperationsModule } = ${own}('nestjs-glomopay/operations');
        const { GlomopayModule, GlomopayTrackingModule, MemoryTrackingStore } = ${other}('nestjs-glomopay');
        class AppModule {}
        const module = { module: AppModule, imports: [
          GlomopayModule.forRoot({ secretKey: 'secret-alpha-1f0c2e', webhookSecret: 'whsec-alpha-1f0c2e', baseUrl: 'http://127.0.0.1:9', callbackUrl: 'https://shop.example/back' }),
          GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore(), sweep: { everyMs: 0 } }),
          GlomopayOperationsModule.forRoot({ guards: [{ canActivate: () => true }] }),
        ] };
        const app = await NestFactory.create(module, { logger: false, abortOnError: false });
        await app.listen(0, '127.0.0.1');
        const page = await fetch((await app.getUrl()) + '/operations');
        console.log(page.status, (await page.text()).includes('No event is parked.'));
        await app.close();
        ${format === 'module' ? '' : '})();'}`,
        format,
      );
      expect(printed).toBe('200 true');
    },
  );

  it('keep the names of their classes, which tokens and errors are made of', async () => {
    const printed = await packed.node(
      `const library = require('nestjs-glomopay');
       const classes = Object.entries(library).filter(([name, value]) => /^[A-Z]/.test(name) && /^class\\b/.test(String(value)));
       console.log(classes.length > 30, classes.filter(([name, value]) => name !== value.name).join());
       console.log(String(library.getGlomopayToken(library.OrdersService, 'emea')));`,
      'commonjs',
    );
    expect(printed.split('\n')).toEqual(['true ', 'Symbol(nestjs-glomopay:emea:OrdersService)']);
  });

  it('need no metadata of types: every parameter that Nest fills in has its token', async () => {
    const modules = packed.files.filter((file) => /(?<!\.d)\.js$/.test(file));
    // Written nowhere; the container of accounts made at run time reads what a host's compiler may write.
    for (const file of modules) {
      expect(await packed.read(file)).not.toMatch(/metadata\(\s*['"]design:paramtypes/);
    }
    const printed = await packed.node(
      `require('reflect-metadata');
       const library = require('nestjs-glomopay');
       const injectables = Object.values(library).filter((value) => typeof value === 'function' && Reflect.getMetadata('__injectable__', value));
       const bare = injectables.filter((type) => (Reflect.getMetadata('self:paramtypes', type) ?? []).length < type.length);
       console.log(injectables.length > 5, bare.length);`,
      'commonjs',
    );
    expect(printed).toBe('true 0');
  });
});
