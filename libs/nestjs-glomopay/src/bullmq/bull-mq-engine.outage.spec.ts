import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RedisServer } from '../../test/redis-server.js';
import { RememberedWork, someIds, until } from '../../test/remembered-work.js';
import { BullMqEngine } from './bull-mq-engine.js';
import type { BullMqEngineOptions } from './bull-mq-options.js';

if (RedisServer.isInstalled()) {
  describe('BullMqEngine in outages', outages);
} else {
  describe.skip('BullMqEngine in outages (skipped: no redis-server)', () => {
    it('has everything handled after Redis was killed and started again', () => undefined);
  });
}

function outages(): void {
  let server: RedisServer;
  const begun: { engine: BullMqEngine; account: string }[] = [];
  const strays: unknown[] = [];
  const lines: string[] = [];
  const keepStray = (reason: unknown) => strays.push(reason);
  const keepLine = (line: unknown) => lines.push(String(line));

  const begin = async (work: RememberedWork, options: Partial<BullMqEngineOptions> = {}) => {
    const engine = new BullMqEngine({ connection: { url: server.url }, ...options });
    begun.push({ engine, account: work.account });
    await engine.start(work);
    return engine;
  };

  beforeAll(async () => {
    server = await RedisServer.start();
    process.on('unhandledRejection', keepStray);
    Logger.overrideLogger({ log: keepLine, warn: keepLine, error: keepLine });
  });
  afterEach(async () => {
    await Promise.all(begun.splice(0).map(({ engine, account }) => engine.stop(account)));
    await server.kill();
    await server.restart();
  });
  afterAll(async () => {
    process.off('unhandledRejection', keepStray);
    await server.kill();
  });

  it('has everything handled after Redis was flushed in the middle', async () => {
    const work = new RememberedWork({ handling: () => sleep(5), sweepEveryMs: 500 });
    const engines = [await begin(work, { concurrency: 2 }), await begin(work, { concurrency: 2 })];
    await until(() => work.sweeps > 0);
    const ids = someIds(600);
    work.insert(...ids);
    for (const id of ids) engines[0]?.wake('default', id);
    await until(() => work.handled.length > 50);
    await server.flush();
    const { sweeps } = work;
    await until(() => work.open === 0 && work.sweeps > sweeps);
    expect(work.handled.toSorted()).toEqual(ids);
  });

  it('has everything handled after Redis was killed in the middle and started again', async () => {
    const work = new RememberedWork({ handling: () => sleep(5), sweepEveryMs: 500 });
    const engines = [await begin(work, { concurrency: 2 }), await begin(work, { concurrency: 2 })];
    await until(() => work.sweeps > 0);
    const [early, late] = [someIds(400), someIds(600).slice(400)];
    work.insert(...early);
    for (const id of early) engines[0]?.wake('default', id);
    await until(() => work.handled.length > 50);
    await server.kill();
    work.insert(...late);
    for (const id of late) engines[1]?.wake('default', id);
    await sleep(1_500);
    await server.restart();
    const { sweeps } = work;
    await until(() => work.open === 0 && work.sweeps > sweeps);
    expect(work.handled.toSorted()).toEqual(someIds(600));
  });

  it('comes to life when Redis does, if it was away at the start', async () => {
    await server.kill();
    const work = new RememberedWork({ sweepEveryMs: 300 });
    const engine = await begin(work);
    const ids = someIds(30);
    work.insert(...ids);
    for (const id of ids) engine.wake('default', id);
    await sleep(500);
    await server.restart();
    await until(() => work.open === 0 && work.sweeps > 0);
    expect(work.handled.toSorted()).toEqual(ids);
  });

  it('goes on after several outages in a row', async () => {
    const work = new RememberedWork({ sweepEveryMs: 300 });
    await begin(work);
    for (const [round, id] of someIds(4).entries()) {
      await server.kill();
      await sleep(100 * round);
      await server.restart();
      const { sweeps } = work;
      work.insert(id);
      await until(() => work.open === 0 && work.sweeps > sweeps);
    }
    expect(work.handled).toEqual(someIds(4));
  });

  it('keeps no wakes in memory while Redis is away, and makes no noise', async () => {
    const work = new RememberedWork({ pollEveryMs: 0 });
    const engine = await begin(work);
    await sleep(300);
    await server.kill();
    await sleep(100);
    for (let round = 0; round < 40; round += 1) {
      for (const id of someIds(500)) engine.wake('default', id);
      await sleep(0);
    }
    await server.restart();
    await sleep(3_000);
    expect(work.calls).toBe(0);
    await until(() => {
      engine.wake('default', 'event');
      return work.calls > 0;
    });
    expect(strays).toEqual([]);
  });

  it('drops wakes while Redis accepts everything and answers nothing', async () => {
    const client = new Redis(server.url, { maxRetriesPerRequest: null });
    const work = new RememberedWork({ pollEveryMs: 0 });
    const engine = await begin(work, { connection: client });
    await sleep(300);
    server.freeze();
    for (const id of someIds(20_000)) engine.wake('default', id);
    await sleep(100);
    server.resume();
    await until(() => work.calls > 0);
    await sleep(3_000);
    expect(work.calls).toBeLessThanOrEqual(1_000);
    expect(strays).toEqual([]);
    client.disconnect();
  });

  it.each<[string, (started: RememberedWork) => Promise<void>]>([
    ['was killed', async () => server.kill()],
    ['is flushed', async () => server.flush()],
    ['does not answer', async () => server.freeze()],
  ])('comes to its end when Redis %s', async (_state, spoil) => {
    const work = new RememberedWork({ sweepEveryMs: 200, handling: () => sleep(1_000) });
    const engine = await begin(work);
    work.insert(...someIds(4));
    await until(() => work.calls > 3);
    await spoil(work);
    begun.length = 0;
    await engine.stop('default');
    expect(work.handled).toHaveLength(4);
    server.resume();
  });

  it('comes to its end when Redis never was there', async () => {
    await server.kill();
    const work = new RememberedWork();
    const engine = await begin(work);
    engine.wake('default', 'event');
    begun.length = 0;
    await engine.stop('default');
    await sleep(500);
    expect(strays).toEqual([]);
  });

  it('leaves a handler behind that does not end', async () => {
    const never = new Promise<void>(() => undefined);
    const work = new RememberedWork({ handling: () => never });
    work.insert(...someIds(1));
    const engine = await begin(work);
    await until(() => work.calls > 0);
    begun.length = 0;
    const start = performance.now();
    await engine.stop('default');
    expect(performance.now() - start).toBeGreaterThan(15_000);
  });

  it('says what is wrong, seldom, and without address or password', async () => {
    lines.length = 0;
    const work = new RememberedWork();
    const engine = await begin(work);
    await sleep(300);
    await server.kill();
    for (let round = 0; round < 100; round += 1) {
      engine.wake('default', 'event');
      await sleep(10);
    }
    await until(() => lines.length > 0);
    const text = lines.join('\n');
    expect(text).toContain('ECONNREFUSED');
    expect(lines.length).toBeLessThan(10);
    expect(text).not.toMatch(/hunter2|127\.0\.0\.1|localhost|redis:\/\//);
    expect(text).not.toContain(String(server.port));
  });
}
