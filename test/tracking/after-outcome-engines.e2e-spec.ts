import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { InProcessEngine, type WorkEngine } from 'nestjs-glomopay';
import { BullMqEngine } from 'nestjs-glomopay/bullmq';
import { isRedisThere } from '../../libs/nestjs-glomopay/test/redis-server.js';
import { redisUrl } from '../support/shop-redis.js';
import { sqliteStorage, storages } from '../support/storages.js';
import { until } from '../support/until.js';
import {
  aDecided,
  type AfterShop,
  anAfterShop,
  aRefused,
  Broker,
  type ShopProcess,
  witnesses,
} from './after-shop.js';

const prefix = `{after-${randomUUID()}}`;
const engines: (readonly [string, () => WorkEngine])[] = [
  ['InProcessEngine', () => new InProcessEngine()],
];
if (await isRedisThere()) {
  engines.push(['BullMqEngine', () => new BullMqEngine({ connection: { url: redisUrl }, prefix })]);
}
const onEverything = engines.flatMap(([engine, make]) =>
  storages.map(([storage, open]) => [engine, storage, make, open] as const),
);

describe.each(onEverything)(
  'What follows an outcome, by %s on %s',
  (name, _storage, make, open) => {
    let shop: AfterShop;
    let processes: readonly ShopProcess[];
    const parts = (pollEveryMs: number) => ({
      tracking: { engine: make(), inbox: { pollEveryMs } },
    });
    const begin = async (pollEveryMs: number) => {
      shop = await anAfterShop(open);
      processes = [await shop.boot(parts(pollEveryMs)), await shop.boot(parts(pollEveryMs))];
    };
    const told = () => processes.flatMap(({ mail }) => mail.told);
    const first = () => {
      const [process] = processes;
      if (process === undefined) throw new Error('Nothing was started');
      return process;
    };
    afterEach(async () => {
      await shop.close();
      if (name !== 'BullMqEngine') return;
      const redis = new Redis(redisUrl);
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length > 0) await redis.del(keys);
      redis.disconnect();
    });

    it('begins at once, without a look at the database, whoever the witness is', async () => {
      await begin(0);
      for (const [, bring] of witnesses) {
        const before = told().length;
        await bring(first(), await aDecided(shop, first()));
        await until(() => told().length > before);
      }
      await aRefused(shop, first());
      await until(() => told().length === witnesses.length + 1);
      expect(new Set(told().map(({ id }) => id)).size).toBe(witnesses.length + 1);
      expect(processes.flatMap(({ app }) => app.get(Broker).told)).toHaveLength(told().length);
    });

    it('is tried again until it is done, on whichever process', async () => {
      await begin(50);
      let failures = 3;
      for (const { mail } of processes) {
        mail.act = () => {
          failures -= 1;
          if (failures >= 0) throw new Error('not now');
        };
      }
      const { requestId } = await aDecided(shop, first());
      await first().tracker.check(requestId);
      await until(async () => (await first().inbox.counts()).open === 0);
      expect(
        told()
          .map(({ attempt }) => attempt)
          .toSorted(),
      ).toEqual([1, 2, 3, 4]);
      expect(processes.flatMap(({ app }) => app.get(Broker).told)).toEqual([requestId]);
    });
  },
);

describe('The runs of what follows an outcome', () => {
  let shop: AfterShop;
  beforeEach(async () => {
    shop = await anAfterShop(sqliteStorage);
  });
  afterEach(() => shop.close());

  it('are told on the channel of events', async () => {
    const messages: unknown[] = [];
    const keep = (message: unknown) => messages.push(message);
    subscribe('nestjs-glomopay:event', keep);
    try {
      const process = await shop.boot();
      await process.tracker.check((await aDecided(shop, process, 'decline')).requestId);
      await process.workOff();
    } finally {
      unsubscribe('nestjs-glomopay:event', keep);
    }
    expect(messages).toContainEqual({
      account: 'default',
      handler: 'mail',
      type: 'after.payment.failed',
      state: 'done',
      attempt: 1,
      durationMs: expect.any(Number),
    });
    expect(messages).toHaveLength(2);
  });
});
