import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as sources from 'nestjs-glomopay';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const library = new URL('../../libs/nestjs-glomopay/', import.meta.url);

describe('The package nestjs-glomopay', () => {
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('holds compiled modules, their types and its papers, and nothing else', () => {
    const papers = /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
    const modules = packed.files.filter((file) => /^dist\/.+\.js$/.test(file));
    const types = packed.files.filter((file) => /^dist\/.+\.d\.ts$/.test(file));
    expect(packed.files).toEqual(expect.arrayContaining(['LICENSE', 'package.json']));
    expect(
      [...modules, ...types, ...packed.files.filter((file) => papers.test(file))].toSorted(),
    ).toEqual(packed.files);
    expect(types).toEqual(modules.map((file) => file.replace(/\.js$/, '.d.ts')));
    expect(packed.files.filter((file) => /spec|test\/|fixture|\.env|\.map$/.test(file))).toEqual(
      [],
    );
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
    expect(await packed.read('dist/version.js')).toContain(`'${packed.manifest.version}'`);
  });

  it('exports in plain Node exactly what its index names', async () => {
    const printed = await packed.node(
      "console.log(JSON.stringify(Object.keys(await import('nestjs-glomopay'))))",
    );
    expect((JSON.parse(printed) as string[]).toSorted()).toEqual(Object.keys(sources).toSorted());
  });

  it('lets nobody import around its index', async () => {
    const printed = await packed.node(
      "import('nestjs-glomopay/dist/values/secret.js').catch((e) => console.log(e.code))",
    );
    expect(printed).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('declares every package it imports, and imports every package that it requires', async () => {
    const imported = new Set<string>();
    for (const file of packed.files.filter((name) => /\.(?:js|d\.ts)$/.test(name))) {
      const text = await packed.read(file);
      for (const [, specifier = ''] of text.matchAll(
        /(?:\bfrom\s+|\bimport\s+|\bimport\()['"]([^'"]+)['"]/g,
      )) {
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

  it('imports built-in modules by their node: names, and relative ones with an extension', async () => {
    for (const file of packed.files.filter((name) => name.endsWith('.js'))) {
      for (const [, specifier = ''] of (await packed.read(file)).matchAll(/\bfrom\s+'([^']+)'/g)) {
        if (isBuiltin(specifier)) expect(specifier).toMatch(/^node:/);
        if (specifier.startsWith('.')) expect(specifier).toMatch(/\.js$/);
      }
    }
  });

  it('brings the documentation of its types along', async () => {
    const types = await packed.read('dist/orders/orders.service.d.ts');
    expect(types).toContain('Opens an order at the gateway');
    expect(await packed.read('dist/config/glomopay-options.d.ts')).toContain('@defaultValue');
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

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
