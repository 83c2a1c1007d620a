import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Logger, type LoggerService, Module } from '@nestjs/common';
import {
  ExternalContextCreator,
  LazyModuleLoader,
  ModuleRef,
  ModulesContainer,
  NestFactory,
  SerializedGraph,
} from '@nestjs/core';
import { GlomopayModule } from './glomopay.module.js';

const secrets = [
  'key-c4n4ry-main',
  'key-c4n4ry-old',
  'whsec-c4n4ry-1f0c2e',
  'key-c4n4ry-of-emea',
  'key-c4n4ry-of-a-vault',
];

/** They hold the container, whose content is gone through piece by piece. */
const holders = [ModulesContainer, ModuleRef, LazyModuleLoader, ExternalContextCreator];

@Module({
  imports: [
    GlomopayModule.forRoot({
      secretKey: ['key-c4n4ry-main', 'key-c4n4ry-old'],
      webhookSecret: 'whsec-c4n4ry-1f0c2e',
      callbackUrl: 'https://shop.example/callback',
    }),
    GlomopayModule.forRootAsync({
      name: 'emea',
      useFactory: async () => ({
        // Put together here, so that the text of this factory does not hold it.
        secretKey: ['key', 'c4n4ry', 'of', 'emea'].join('-'),
        webhookSecret: ['key', 'c4n4ry', 'of', 'emea'].join('-'),
      }),
    }),
    GlomopayModule.forRoot({
      name: 'vaulted',
      secretKey: async () => ['key', 'c4n4ry', 'of', 'a', 'vault'].join('-'),
      webhookSecret: {
        current: async () => ({ keys: [['key', 'c4n4ry', 'of', 'a', 'vault', '2'].join('-')] }),
      },
    }),
  ],
})
class App {}

const lines: string[] = [];
const keep = (...values: unknown[]) =>
  void lines.push(values.map((value) => inspect(value, { depth: 10, showHidden: true })).join(' '));
const recorder: LoggerService = { log: keep, error: keep, warn: keep, debug: keep, verbose: keep };

function expectNoSecret(text: string): void {
  for (const secret of [...secrets, ...secrets.map((s) => Buffer.from(s).toString('hex'))]) {
    expect(text).not.toContain(secret);
  }
}

describe('The keys of a running application', () => {
  let app: INestApplicationContext;

  beforeAll(async () => {
    app = await NestFactory.createApplicationContext(App, { logger: recorder, snapshot: true });
  });
  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(['log', 'error', 'warn']);
  });

  it('are in no provider, however it is printed', () => {
    let inspected = 0;
    for (const module of app.get(ModulesContainer).values()) {
      for (const { instance } of [...module.providers.values(), ...module.injectables.values()]) {
        if (holders.some((holder) => instance instanceof holder)) continue;
        inspected += 1;
        expectNoSecret(inspect(instance, { showHidden: true, depth: 10 }));
        expectNoSecret(
          inspect(instance, { showHidden: true, depth: 10, customInspect: false, getters: true }),
        );
      }
    }
    expect(inspected).toBeGreaterThan(20);
  });

  it('are not in what the container knows of its modules', () => {
    for (const module of app.get(ModulesContainer).values()) {
      expectNoSecret(inspect(module, { showHidden: true, depth: 3 }));
    }
  });

  it('are not in the serialised graph', () => {
    const graph = JSON.stringify(app.get(SerializedGraph));
    expect(graph).toContain('OrdersService');
    expectNoSecret(graph);
  });

  it('are in no registration', () => {
    const registration = GlomopayModule.forRoot({ secretKey: 'key-c4n4ry-main' });
    expectNoSecret(inspect(registration, { showHidden: true, depth: 10 }));
    expectNoSecret(JSON.stringify(registration));
  });

  it('are not in the log of the start, which warns of a secret used twice', () => {
    expect(lines.filter((line) => line.includes('webhookSecret equals an API key'))).toHaveLength(
      1,
    );
    expectNoSecret(lines.join('\n'));
  });
});

describe('The start of an application', () => {
  const before = { ...process.env };
  afterAll(() => {
    process.env = before;
    Logger.overrideLogger(['log', 'error', 'warn']);
  });

  it('warns in production of a process that prints keys', async () => {
    lines.splice(0);
    Object.assign(process.env, { NODE_ENV: 'production', NODE_DEBUG: 'http' });
    const app = await NestFactory.createApplicationContext(
      GlomopayModule.forRoot({ secretKey: 'key-c4n4ry-main' }),
      { logger: recorder },
    );
    await app.close();
    expect(lines.filter((line) => line.includes('NODE_DEBUG prints request headers'))).toHaveLength(
      1,
    );
  });
});
