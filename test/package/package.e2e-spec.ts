import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const library = new URL('../../libs/nestjs-glomopay/', import.meta.url);

describe('The package nestjs-glomopay', () => {
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('holds both formats of its modules, their maps and types, the sources, and its papers, and nothing else', () => {
    const kinds = [
      /^dist\/esm\/(?:shared\/)?[a-z0-9.-]+(?<!\.d)\.js(?:\.map)?$/,
      /^dist\/cjs\/(?:shared\/)?[a-z0-9.-]+(?<!\.d)\.js(?:\.map)?$/,
      /^dist\/esm\/[a-z]+\.d\.ts$/,
      /^src\/(?:[a-z0-9-]+\/)*[a-z0-9.-]+(?<!\.spec|\.spec-d)\.ts$/,
      /^dist\/cjs\/(?:shared\/)?[a-z.-]+\.d\.ts$/,
      /^(?:(?:dist\/cjs\/)?package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
    ];
    for (const kind of kinds) expect(packed.files.some((file) => kind.test(file))).toBe(true);
    const allowed = [...kinds, /^bin\/[a-z-]+\.mjs$/];
    expect(packed.files.filter((file) => !allowed.some((kind) => kind.test(file)))).toEqual([]);
  });

  it('stays small: two readable formats, their maps, types and sources in 1.5 MB to download', async () => {
    expect((await stat(packed.tarball)).size).toBeLessThan(1_500_000);
    expect(packed.files.length).toBeLessThan(960);
  });

  it('loads two modules of each format at a start, for each costs it the better part of a millisecond', async () => {
    for (const format of ['esm', 'cjs']) {
      const loaded = new Set<string>();
      const load = async (file: string): Promise<void> => {
        if (loaded.has(file)) return;
        loaded.add(file);
        const text = await packed.read(file);
        const imports = text.matchAll(
          /^(?:(?:import|export) (?:.* from )?|(?:const|var) .* = require\()'(\.[^']+)'\)?;$/gm,
        );
        for (const [, path = ''] of imports) {
          await load(new URL(path, `file:///${file}`).pathname.slice(1));
        }
      };
      await load(`dist/${format}/index.js`);
      expect([...loaded]).toEqual([`dist/${format}/index.js`, `dist/${format}/shared/core.js`]);
    }
  });

  it('holds its README and CHANGELOG as soon as they are written', () => {
    const written = ['README.md', 'CHANGELOG.md'].filter((file) =>
      existsSync(new URL(file, library)),
    );
    expect(packed.files).toEqual(expect.arrayContaining(written));
  });

  it('runs nothing when it is installed', () => {
    const atInstall = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(
      Object.keys(packed.manifest.scripts ?? {}).filter((name) => atInstall.includes(name)),
    ).toEqual([]);
  });

  it('sends the version of its manifest', async () => {
    for (const format of ['esm', 'cjs']) {
      const modules = packed.files.filter((file) => file.startsWith(`dist/${format}/`));
      const texts = await Promise.all(modules.map((file) => packed.read(file)));
      const version = packed.manifest.version.replaceAll('.', '\\.');
      expect(texts.join('')).toMatch(new RegExp(`["\`'/]${version}["\`' ]`));
    }
  });

  it('lets nobody import around its entry points', async () => {
    const deep = 'nestjs-glomopay/dist/esm/shared/tracking-store.js';
    const printed = await packed.node(`import('${deep}').catch((e) => console.log(e.code))`);
    expect(printed).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('declares every package it imports, and imports every package that it requires', async () => {
    const imported = new Set<string>();
    for (const file of packed.files.filter((name) => /\.c?(?:js|ts)$/.test(name))) {
      for (const specifier of specifiersOf(await packed.read(file))) {
        if (!specifier.startsWith('.') && !isBuiltin(specifier)) imported.add(packageOf(specifier));
      }
    }
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packed.manifest;
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    expect([...imported].filter((name) => !declared.includes(name))).toEqual([]);
    // Needed by the decorators of the packages beside it, never imported by name.
    const indirect = ['@nestjs/core', 'reflect-metadata', 'rxjs'];
    const needed = declared.filter((name) => peerDependenciesMeta[name]?.optional !== true);
    expect(needed.filter((name) => !imported.has(name) && !indirect.includes(name))).toEqual([]);
  });

  it.each(['esm', 'cjs'])(
    'imports packages by their roots, and built-in modules by their node: names: %s',
    async (format) => {
      const imported = new Set<string>();
      for (const file of packed.files.filter((name) => /(?<!\.d)\.c?js$/.test(name))) {
        if (!file.startsWith(`dist/${format}/`)) continue;
        for (const specifier of specifiersOf(await packed.read(file))) {
          if (isBuiltin(specifier)) expect(specifier).toMatch(/^node:/);
          if (specifier.startsWith('.')) expect(specifier).toMatch(/\.c?js$/);
          else if (!isBuiltin(specifier)) imported.add(specifier);
        }
      }
      // From their roots only: a path into a package is not its public interface.
      const deep = [...imported].filter((name) => name !== packageOf(name));
      expect(deep).toEqual([]);
      expect([...imported]).toEqual(expect.arrayContaining(['@nestjs/common', '@nestjs/core']));
      expect(imported).toContain('secure-json-parse');
    },
  );

  it('brings the documentation of its types along', async () => {
    const types = await packed.read('dist/cjs/index.d.ts');
    expect(types).toContain('Opens an order at the gateway');
    expect(types).toContain('@defaultValue');
  });

  it('names no path of the machine that built it', async () => {
    for (const file of packed.files) {
      expect(await packed.read(file)).not.toMatch(/\/(?:home|work|root|Users|tmp)\//);
    }
  });

  it('lets a process end by itself once its application is closed', async () => {
    const printed = await packed.node(SHOP);
    expect(printed.split('\n')).toEqual([
      'POST /api/v1/orders Bearer secret-alpha-1f0c2e application/json',
      '{"customer_id":"cust_1","amount":1050,"currency":"USD"}',
      'order_1 1050',
      'closed',
    ]);
  });

  it('ends a start with bad options by one error that names no value', async () => {
    const printed = await packed.node(`
      import 'reflect-metadata';
      import { NestFactory } from '@nestjs/core';
      import { GlomopayModule } from 'nestjs-glomopay';
      const App = GlomopayModule.forRoot({ secretKey: 'test_c4n4ry', baseUrl: 'c4n4ry' });
      await NestFactory.createApplicationContext(App, { abortOnError: false, logger: false })
        .catch((error) => console.log(error.code, error.faults.length, error.stack.includes('c4n4ry')));
    `);
    expect(printed).toBe('GLOMOPAY_CONFIGURATION 2 false');
  });
});

/** A shop in plain JavaScript, with a gateway of its own that prints what it is sent. */
const SHOP = `
  import 'reflect-metadata';
  import { createServer } from 'node:http';
  import { text } from 'node:stream/consumers';
  import { NestFactory } from '@nestjs/core';
  import { GlomopayModule, OrdersService } from 'nestjs-glomopay';
  const gateway = createServer(async (request, response) => {
    const { authorization, 'content-type': type } = request.headers;
    console.log(request.method, request.url, authorization, type);
    console.log(await text(request));
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"order_1","customer_id":"cust_1","status":"active","amount":1050,"currency":"USD"}');
  });
  await new Promise((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  gateway.unref();
  const app = await NestFactory.createApplicationContext(
    GlomopayModule.forRoot({
      secretKey: 'secret-alpha-1f0c2e',
      baseUrl: 'http://127.0.0.1:' + gateway.address().port,
    }),
    { logger: false },
  );
  const order = await app.get(OrdersService).create({ customerId: 'cust_1', amount: 1050, currency: 'USD' });
  console.log(order.id, order.amount);
  await app.close();
  console.log('closed');
`;

/** Every specifier of `import`, `export … from` and `require`, also in code without spaces. */
function specifiersOf(text: string): string[] {
  const found = text.matchAll(
    /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"]([^'"\s(),]+)['"]/g,
  );
  return [...found].map(([, specifier = '']) => specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
