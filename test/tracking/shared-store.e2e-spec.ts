import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import Database from 'libsql';
import {
  GLOMOPAY_TRACKING_OPTIONS,
  GlomopayModule,
  GlomopayTrackingModule,
  InProcessEngine,
  ManualEngine,
  MemoryTrackingStore,
  PaymentTracker,
  TrackingStore,
  WorkEngine,
} from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';

const gateway = { secretKey: 'sk-alpha-1f0c2e', baseUrl: 'http://127.0.0.1:9' };

describe('A store that several applications of one process share', () => {
  let folder = '';
  let store: SqliteTrackingStore<Database.Database>;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'shared-'));
    store = new SqliteTrackingStore(() => new Database(path.join(folder, 'payments.db')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const boot = (own: TrackingStore, ...names: (string | undefined)[]) =>
    started(
      names.flatMap((name) => [
        GlomopayModule.forRoot({ ...gateway, name }),
        GlomopayTrackingModule.forRoot({ store: own, name }),
      ]),
    );

  it('is closed by the one that stops last', async () => {
    const [first, second] = [await boot(store, undefined), await boot(store, undefined)];
    await first.close();
    expect(await second.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
    await second.close();
    await expect(store.counts('default', ['payment'])).rejects.toThrow('closed');
  });

  it('is there for one that starts after the others have stopped', async () => {
    for (let start = 0; start < 3; start += 1) {
      const app = await boot(store, undefined);
      expect(await app.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
      await app.close();
    }
  });

  it('is closed once by an application with several accounts, when all of them have stopped', async () => {
    const app = await boot(store, undefined, 'emea');
    expect(await app.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
    await app.close();
    await app.close();
    await expect(store.counts('default', ['payment'])).rejects.toThrow('closed');
  });

  it('is left to the others by one that could not start', async () => {
    const running = await boot(store, undefined);
    const failing = Object.create(store, {
      migrate: { value: () => Promise.reject(new Error('no')) },
    });
    await expect(boot(failing, undefined)).rejects.toThrow('no');
    expect(await running.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
    await running.close();
  });
});

describe('GLOMOPAY_TRACKING_OPTIONS', () => {
  it('lets a test put another store and engine in the place of those of the application', async () => {
    const store = new MemoryTrackingStore();
    const module = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot(gateway),
        GlomopayTrackingModule.forRootAsync({
          useFactory: () => {
            throw new Error('the database of production');
          },
        }),
      ],
    })
      .overrideProvider(GLOMOPAY_TRACKING_OPTIONS)
      .useValue({ store, engine: new InProcessEngine() })
      .compile();
    await module.init();
    const intent = {
      account: 'default',
      kind: 'payment' as const,
      requestId: 'request-1',
      reference: 'r',
      subjectId: null,
      exclusive: false,
      amount: 1_000,
      currency: 'USD',
    };
    await store.insert(intent, 60_000);
    expect(await module.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 1 });
    await module.close();
  });
});

describe('TrackingStore and WorkEngine', () => {
  it('are the tokens by which a test overrides one of the two', async () => {
    const store = new MemoryTrackingStore();
    const engine = new ManualEngine();
    const module = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot(gateway),
        GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore() }),
      ],
    })
      .overrideProvider(TrackingStore)
      .useValue(store)
      .overrideProvider(WorkEngine)
      .useValue(engine)
      .compile();
    await module.init();
    await store.inbox.insert({ account: 'default', id: 'a'.repeat(64), body: Buffer.from('{}') });
    expect(await engine.workOff()).toMatchObject({ events: 1 });
    expect(await store.inbox.counts('default')).toMatchObject({ open: 0, failed: 1 });
    await module.close();
  });
});

function started(
  imports: Parameters<typeof Module>[0]['imports'] & object,
): Promise<INestApplicationContext> {
  class App {}
  Module({ imports })(App);
  return NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
}
