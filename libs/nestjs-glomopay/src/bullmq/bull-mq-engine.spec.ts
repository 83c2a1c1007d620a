import { randomUUID } from 'node:crypto';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import { isRedisThere, redisPlace, removeKeys, sharedRedis } from '../../test/redis-server.js';
import { RememberedWork, someIds, until } from '../../test/remembered-work.js';
import { BullMqEngine } from './bull-mq-engine.js';
import type { BullMqEngineOptions } from './bull-mq-options.js';

describe('BullMqEngine', () => {
  it.each([
    ['concurrency', { concurrency: 0 }],
    ['concurrency', { concurrency: 1.5 }],
    ['concurrency', { concurrency: Number.NaN }],
    ['option that does not exist', { concurency: 4 }],
    ['prefix', { prefix: '' }],
    ['prefix', { prefix: 'shop-{' }],
    ['prefix', { prefix: '{}shop' }],
    ['prefix', { prefix: 'sh}op' }],
    ['connection', JSON.parse('{ "connection": null }')],
    ['connection', JSON.parse('{ "connection": "redis://user:hunter2@localhost" }')],
    ['keyPrefix', { connection: { url: sharedRedis, keyPrefix: 'hunter2' } }],
    [
      'maxRetriesPerRequest',
      {
        connection: new Cluster([{ host: '127.0.0.1' }], {
          lazyConnect: true,
          redisOptions: { maxRetriesPerRequest: 3 },
        }),
      },
    ],
    [
      'keyPrefix',
      {
        connection: new Cluster([{ host: '127.0.0.1' }], {
          lazyConnect: true,
          redisOptions: { maxRetriesPerRequest: null, keyPrefix: 'hunter2' },
        }),
      },
    ],
    ['maxRetriesPerRequest', { connection: new Redis({ lazyConnect: true }) }],
  ])('refuses a bad %s and names no value', (option, spoiled: object) => {
    const make = () => new BullMqEngine({ connection: { url: sharedRedis }, ...spoiled });
    expect(make).toThrow(option);
    expect(make).not.toThrow('hunter2');
  });
});

if (await isRedisThere()) {
  describe('BullMqEngine on Redis', () => {
    const prefix = `{test-${randomUUID()}}`;
    const begun: { engine: BullMqEngine; account: string }[] = [];
    const begin = async (work: RememberedWork, options: Partial<BullMqEngineOptions> = {}) => {
      const engine = new BullMqEngine({ connection: { url: sharedRedis }, prefix, ...options });
      begun.push({ engine, account: work.account });
      await engine.start(work);
      return engine;
    };
    afterEach(async () => {
      await Promise.all(begun.splice(0).map(({ engine, account }) => engine.stop(account)));
      await removeKeys(prefix);
    });

    it('has each event that it is woken for handled', async () => {
      const work = new RememberedWork({ pollEveryMs: 0 });
      const engine = await begin(work);
      const ids = someIds(200);
      work.insert(...ids);
      await sleep(500);
      for (const id of ids) engine.wake('default', id);
      await until(() => work.open === 0);
      expect(work.handled.toSorted()).toEqual(ids);
    });

    it('gives nothing to a process that may not do it, until it may', async () => {
      const lacking = new RememberedWork({ pollEveryMs: 100, sweepEveryMs: 100 });
      lacking.isAllowed = false;
      await begin(lacking);
      const able = new RememberedWork({ pollEveryMs: 100, sweepEveryMs: 100 });
      const engine = await begin(able);
      // What its workers have been waiting for before they were told.
      await sleep(6_000);
      const { calls, sweeps } = lacking;
      const ids = someIds(50);
      able.insert(...ids);
      for (const id of ids) engine.wake('default', id);
      await until(() => able.open === 0);
      expect([lacking.calls, lacking.sweeps]).toEqual([calls, sweeps]);
      await engine.stop('default');
      lacking.insert(...ids);
      lacking.isAllowed = true;
      await until(() => lacking.open === 0);
    });

    it('makes one job of a storm of wakes for one event', async () => {
      let finish: () => void = () => undefined;
      const handling = () => new Promise<void>((resolve) => (finish = resolve));
      const work = new RememberedWork({ pollEveryMs: 0, handling });
      const engine = await begin(work);
      const [id = ''] = someIds(1);
      work.insert(id);
      await sleep(500);
      for (let times = 0; times < 500; times += 1) engine.wake('default', id);
      await until(() => work.calls > 0);
      await sleep(300);
      finish();
      await until(() => work.open === 0);
      expect(work.calls).toBe(1);
    });

    it('handles an event again that is woken again after it was handled', async () => {
      const work = new RememberedWork({ pollEveryMs: 0 });
      const engine = await begin(work);
      const [id = ''] = someIds(1);
      await sleep(500);
      for (const times of [1, 2, 3]) {
        work.insert(id);
        engine.wake('default', id);
        await until(() => work.handled.length === times);
        await sleep(50);
      }
      expect(work.calls).toBe(3);
    });

    it('finds an event by itself whose wake came while its job was at work and is swallowed', async () => {
      let finish: () => void = () => undefined;
      const handling = () => new Promise<void>((resolve) => (finish = resolve));
      const work = new RememberedWork({ handling, pollEveryMs: 300 });
      const engine = await begin(work);
      const [id = ''] = someIds(1);
      work.insert(id);
      engine.wake('default', id);
      await until(() => work.calls > 0);
      finish();
      await until(() => work.handled.length === 1);
      // Opened again, by a replay, when the work has ended and its job perhaps not yet.
      work.insert(id);
      engine.wake('default', id);
      await until(() => work.calls > 1);
      finish();
      await until(() => work.handled.length === 2);
    });

    it('finds events that nobody was woken for, more than it fetches at once', async () => {
      const work = new RememberedWork({ pollEveryMs: 1_000 });
      work.insert(...someIds(2_500));
      await begin(work);
      await until(() => work.open === 0);
      expect(new Set(work.handled).size).toBe(2_500);
    });

    it('tries an event again whose handling has rejected', async () => {
      let tries = 0;
      const handling = async () => {
        tries += 1;
        if (tries < 3) throw new Error('the database is away');
      };
      const work = new RememberedWork({ handling });
      const engine = await begin(work);
      const [id = ''] = someIds(1);
      work.insert(id);
      engine.wake('default', id);
      await until(() => work.open === 0);
      expect(work.handled).toEqual([id]);
    });

    it('works on no more events at once than it is told', async () => {
      const work = new RememberedWork({ handling: () => sleep(20) });
      work.insert(...someIds(40));
      await begin(work, { concurrency: 3 });
      await until(() => work.open === 0);
      expect(work.mostAtOnce).toBe(3);
    });

    it('shares events and rounds among engines', async () => {
      const ids = someIds(300);
      const works = [0, 1].map(
        () => new RememberedWork({ handling: () => sleep(5), pollEveryMs: 0, sweepEveryMs: 250 }),
      );
      const engines = await Promise.all(works.map((work) => begin(work, { concurrency: 4 })));
      for (const work of works) work.insert(...ids);
      await sleep(500);
      for (const id of ids) engines[0]?.wake('default', id);
      const handled = () => works.flatMap((work) => work.handled);
      await until(() => handled().length === 300);
      expect(handled().toSorted()).toEqual(ids);
      for (const work of works) expect(work.handled.length).toBeGreaterThan(50);
      const before = works.reduce((sum, { sweeps }) => sum + sweeps, 0);
      const rounds = () => works.reduce((sum, { sweeps }) => sum + sweeps, 0) - before;
      const start = performance.now();
      await sleep(2_000);
      await until(() => rounds() > 2);
      // Four a second for the fleet; eight if every process had its own.
      expect(rounds()).toBeLessThan(((performance.now() - start) / 1_000) * 6);
    });

    it('keeps accounts apart, whatever they are called', async () => {
      const accounts = ['default', 'emea:1', 'emea/1', 'événements'];
      const works = accounts.map((account) => new RememberedWork({ account, pollEveryMs: 0 }));
      const engine = new BullMqEngine({ connection: { url: sharedRedis }, prefix });
      for (const work of works) {
        begun.push({ engine, account: work.account });
        await engine.start(work);
        work.insert(`${work.account} 1`);
      }
      await sleep(500);
      for (const { account } of works) engine.wake(account, `${account} 1`);
      await until(() => works.every(({ open }) => open === 0));
      expect(works.map(({ calls }) => calls)).toEqual([1, 1, 1, 1]);
    });

    it('takes rounds while every place for events is taken', async () => {
      const work = new RememberedWork({
        handling: () => sleep(3_000),
        sweepEveryMs: 200,
        pollEveryMs: 200,
      });
      work.insert(...someIds(20));
      await begin(work, { concurrency: 1 });
      await until(() => work.calls === 1);
      const { sweeps, looks } = work;
      await until(() => work.sweeps > sweeps + 3);
      expect(work.calls).toBe(1);
      expect(looks).toBeGreaterThan(0);
    });

    it.each([
      ['the look for events', { pollEveryMs: 100, sweepEveryMs: 0 }],
      ['the sweep over payments', { pollEveryMs: 0, sweepEveryMs: 100 }],
    ])('tidies beside %s, which goes on when that fails', async (_, pauses) => {
      let tidied = 0;
      const work = Object.assign(new RememberedWork(pauses), {
        async tidy() {
          tidied += 1;
          throw new Error('no database');
        },
      });
      await begin(work);
      await until(() => tidied >= 3);
      const before = work.looks + work.sweeps;
      await until(() => work.looks + work.sweeps > before);
      expect(before).toBeGreaterThan(0);
    });

    it('follows a full round by the next at once, not after the pause', async () => {
      // By the pause alone, fifty rounds would take longer than `until` waits.
      const work = new RememberedWork({ sweepEveryMs: 5_000 });
      work.sweep = async () => {
        work.sweeps += 1;
        return { checked: 50, hasMore: work.sweeps < 50 };
      };
      await begin(work);
      await until(() => work.sweeps >= 50);
      expect(work.sweeps).toBeGreaterThanOrEqual(50);
    });

    it('never joins a round that takes long with a second one of its own', async () => {
      const work = new RememberedWork({ sweepEveryMs: 100 });
      let atOnce = 0;
      let most = 0;
      work.sweep = async () => {
        most = Math.max(most, (atOnce += 1));
        await sleep(700);
        atOnce -= 1;
        work.sweeps += 1;
        return { checked: 0, hasMore: false };
      };
      await begin(work);
      await until(() => work.sweeps === 2);
      expect(most).toBe(1);
      expect(work.looks).toBeGreaterThan(2);
    });

    it('waits at its end for what is running, and begins nothing more', async () => {
      const work = new RememberedWork({ handling: () => sleep(1_000) });
      work.insert(...someIds(10));
      const engine = await begin(work, { concurrency: 2 });
      await until(() => work.calls === 2);
      begun.length = 0;
      await engine.stop('default');
      const { calls } = work;
      expect(work.handled).toHaveLength(calls);
      engine.wake('default', someIds(10)[9] ?? '');
      await sleep(1_500);
      expect(work.calls).toBe(calls);
      expect(work.open).toBe(10 - calls);
    });

    it('leaves nothing of a finished event in Redis', async () => {
      const work = new RememberedWork();
      const ids = someIds(50);
      work.insert(...ids);
      await begin(work);
      await until(() => work.open === 0);
      await sleep(200);
      const client = new Redis(sharedRedis);
      const keys = await client.keys(`${prefix}:*`);
      client.disconnect();
      expect(keys.filter((key) => key.includes(':event-'))).toEqual([]);
    });

    it('works with a client of the host, and leaves it open', async () => {
      const client = new Redis(sharedRedis, { maxRetriesPerRequest: null });
      const work = new RememberedWork({ pollEveryMs: 0 });
      const engine = await begin(work, { connection: client });
      begun.length = 0;
      const ids = someIds(20);
      work.insert(...ids);
      for (const id of ids) engine.wake('default', id);
      await until(() => work.open === 0);
      await engine.stop('default');
      expect(await client.ping()).toBe('PONG');
      client.disconnect();
    });

    it('is started once per work', async () => {
      const work = new RememberedWork();
      const engine = await begin(work);
      await expect(engine.start(work)).rejects.toThrow('default');
    });

    it('drives the works of two applications with accounts of one name, and ends one of them', async () => {
      const works = [0, 1].map(() => new RememberedWork({ pollEveryMs: 300 }));
      const [one, other] = works as [RememberedWork, RememberedWork];
      const engine = await begin(one);
      await engine.start(other);
      one.insert('of one');
      other.insert('of the other');
      await until(() => works.every(({ open }) => open === 0));
      await engine.stop('default', one);
      one.insert('too late');
      other.insert('in time', 'found');
      engine.wake('default', 'in time');
      await until(() => other.open === 0);
      expect(one.handled).toEqual(['of one']);
      await engine.stop('default', other);
      other.insert('after the end');
      await sleep(700);
      expect(other.open).toBe(1);
    });

    it('handles in no async context of whoever woke it', async () => {
      const requests = new AsyncLocalStorage<string>();
      const seen: unknown[] = [];
      const work = new RememberedWork({
        pollEveryMs: 300,
        handling: async (id) => {
          seen.push(requests.getStore());
          requests.enterWith(`left by ${id}`);
        },
      });
      const engine = await begin(work, { concurrency: 1 });
      const ids = someIds(15);
      work.insert(...ids);
      for (const id of ids) requests.run(`request of ${id}`, () => engine.wake('default', id));
      await until(() => work.open === 0);
      expect(seen).toEqual(Array.from(ids, () => undefined));
    });

    it('needs nothing of what an earlier version has left in Redis', async () => {
      const before = `test-${randomUUID()}`;
      const old = new Queue('events-default', {
        connection: { url: sharedRedis },
        prefix: `{${before}}`,
      });
      const work = new RememberedWork({ pollEveryMs: 300 });
      const ids = someIds(20);
      work.insert(...ids);
      for (const eventId of ids) await old.add('event', { eventId }, { jobId: `event-${eventId}` });
      const engine = await begin(work, { prefix: before });
      await until(() => work.open === 0);
      expect(work.handled.toSorted()).toEqual(ids);
      await engine.stop('default');
      await removeKeys(`{${before}:default}`);
      await old.obliterate({ force: true });
      await old.close();
    });
  });
} else {
  describe.skip(`BullMqEngine (skipped: no ${redisPlace})`, () => {
    it('has each event that it is woken for handled', () => undefined);
  });
}
