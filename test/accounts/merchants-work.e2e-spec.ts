import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import {
  type GlomopayTrackingOptions,
  InProcessEngine,
  ManualEngine,
  MemoryTrackingStore,
  PaymentTracker,
  type TrackingStore,
  type WorkEngine,
} from 'nestjs-glomopay';
import { Redis } from 'ioredis';
import { BullMqEngine } from 'nestjs-glomopay/bullmq';
import { isRedisThere } from '../../libs/nestjs-glomopay/test/redis-server.js';
import { redisUrl } from '../support/shop-redis.js';
import { storages } from '../support/storages.js';
import { until } from '../support/until.js';
import { aMerchantShop, deliver, type MerchantShop, optionsOf, pay } from './merchant-shop.js';

const prefix = `merchants-${process.pid}-${Date.now()}`;
const engines: (readonly [string, () => WorkEngine])[] = [
  ['InProcessEngine', () => new InProcessEngine()],
  ['ManualEngine', () => new ManualEngine()],
];
if (await isRedisThere()) {
  engines.push(['BullMqEngine', () => new BullMqEngine({ connection: { url: redisUrl }, prefix })]);
}

const shops: MerchantShop[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
});
afterAll(async () => {
  if (engines.length < 3) return;
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

/** Stores an event of which nobody tells the engine. */
async function putEvent(
  shop: { readonly store: TrackingStore },
  account: string,
  n: number,
): Promise<void> {
  const body = Buffer.from(`{"data":{"n":${n}},"entity_type":"webhook_test","event_type":"test"}`);
  await shop.store.inbox.insert({ account, id: n.toString(16).padStart(64, '0'), body });
}

async function aShop(tracking: Partial<GlomopayTrackingOptions>, others: object = {}) {
  const store: TrackingStore = tracking.store ?? new MemoryTrackingStore();
  const shop = await aMerchantShop('express', { tracking: { store, ...tracking }, ...others });
  shops.push(shop);
  return { ...shop, store };
}

describe.each(engines)('The work of merchants by %s', (_, engineOf) => {
  it('handles events and finds lost outcomes, of accounts that have some and no others', async () => {
    const engine = engineOf();
    const shop = await aShop({ engine, sweep: { everyMs: 100, firstCheckMs: 0 } });
    const workOff = async () => {
      if (engine instanceof ManualEngine) await engine.workOff();
    };
    const { a, b } = shop.sandboxes;
    for (let n = 0; n < 50; n += 1) shop.merchants.rows.set(`quiet-${n}`, optionsOf(a));
    // No webhook tells of this one.
    b.webhooks.endpoints = [];
    await pay(shop, 'shop-b', b, 'lost');
    await shop.accounts.invalidate('shop-b');
    expect((await a.webhooks.sendTest())[0]).toMatchObject({ status: 200 });
    await until(async () => {
      await workOff();
      return shop.ledger.heard.length === 1 && shop.ledger.outcomes.length === 1;
    });
    expect(shop.ledger.outcomes).toEqual(['shop-b lost succeeded']);
    expect(shop.accounts.openNames().filter((name) => name.startsWith('quiet'))).toEqual([]);
    expect(new Set(shop.merchants.asked)).toEqual(new Set(['shop-a', 'shop-b']));
  });
});

describe.each(storages)('The work of merchants on %s', (_, open) => {
  it('waits for an account that nobody knows, says so once, and is done when it is known', async () => {
    const storage = await open();
    const store = storage.another();
    const shop = await aShop(
      {
        store,
        sweep: { everyMs: 100, firstCheckMs: 0 },
        inbox: { pollEveryMs: 20 },
      },
      { unknownMs: 50 },
    );
    const { a, b } = shop.sandboxes;
    b.webhooks.endpoints = [];
    await pay(shop, 'shop-b', b, 'waiting');
    const row = optionsOf(b);
    // It is gone from the source while its payment is open, and an event of it was stored.
    shop.merchants.rows.delete('shop-b');
    await shop.accounts.invalidate('shop-b');
    const body = Buffer.from('{"data":{},"entity_type":"webhook_test","event_type":"test"}');
    await store.inbox.insert({ account: 'shop-b', id: 'f'.repeat(64), body });
    await until(() => shop.accounts.orphanedNames().join() === 'shop-b');
    const looks = shop.merchants.asked.length;
    await until(() => shop.merchants.asked.length > looks + 3);
    const told = shop.host.log.text.match(/of shop-b wait in the store/g);
    expect(told).toHaveLength(1);
    expect((await a.webhooks.sendTest())[0]).toMatchObject({ status: 200 });
    await until(() => shop.ledger.heard.length === 1);

    shop.merchants.rows.set('shop-b', row);
    await until(() => shop.ledger.outcomes.length === 1 && shop.ledger.heard.length === 2);
    expect(shop.ledger.outcomes).toEqual(['shop-b waiting succeeded']);
    await until(() => shop.accounts.orphanedNames().length === 0);
    await shop.close();
    shops.splice(0);
    await storage.close();
  });
});

describe('The work of merchants', () => {
  it('is worked off for one of them alone where the host says so', async () => {
    const engine = new ManualEngine();
    const shop = await aShop({ engine, sweep: { firstCheckMs: 0 } });
    const { a, b } = shop.sandboxes;
    await a.webhooks.sendTest();
    await b.webhooks.sendTest();
    expect(await engine.workOff({ account: 'shop-b' })).toEqual({ events: 1, payments: 0 });
    expect(await engine.workOff({ account: 'nobody' })).toEqual({ events: 0, payments: 0 });
    expect(await engine.workOff()).toEqual({ events: 1, payments: 0 });
  });

  it('goes on for others while the options of one are unusable', async () => {
    const shop = await aShop({ sweep: { everyMs: 0 }, inbox: { pollEveryMs: 20 } });
    const { a, b } = shop.sandboxes;
    const body = Buffer.from('{"data":{},"entity_type":"webhook_test","event_type":"test"}');
    shop.merchants.rows.set('broken', { secretKey: 'c4n' });
    await shop.store.inbox.insert({ account: 'broken', id: 'e'.repeat(64), body });
    await shop.store.inbox.insert({ account: 'bad name', id: 'e'.repeat(64), body });
    await deliver(`${shop.url}/webhooks/glomopay/shop-b`, b.webhookSecret);
    await until(() => shop.ledger.heard.length === 1);
    await a.webhooks.sendTest();
    await until(() => shop.ledger.heard.length === 2);
  });

  it('is done in one go although many have events whom nobody knows, or whose options are unusable', async () => {
    const engine = new ManualEngine();
    const shop = await aShop({ engine });
    for (let n = 0; n < 300; n += 1) {
      await putEvent(shop, `gone-${n}`, n);
      if (n % 2 === 0) shop.merchants.rows.set(`gone-${n}`, { secretKey: 'c4n' });
    }
    await putEvent(shop, 'shop-b', 300);
    expect(await engine.workOff()).toMatchObject({ events: 1 });
    expect(shop.ledger.heard).toHaveLength(1);
  });

  it('waits for no vault that hangs once it is known to, and is done when it answers', async () => {
    const shop = await aShop({ sweep: { everyMs: 0 }, inbox: { pollEveryMs: 20 } });
    const hanging = Array.from({ length: 32 }, (_, n) => `hangs-${n}`);
    let isHanging = true;
    const secretKey = () =>
      isHanging ? new Promise<never>(() => undefined) : shop.sandboxes.a.secretKey;
    for (const [n, name] of hanging.entries()) {
      const keyRotation = { refreshTimeoutMs: 1_000 };
      shop.merchants.rows.set(name, { ...optionsOf(shop.sandboxes.a), secretKey, keyRotation });
      await putEvent(shop, name, n);
    }
    // All of them were tried, eight at once.
    await until(() => hanging.every((name) => shop.merchants.asked.includes(name)));
    await sleep(1_500);
    for (let n = 100; n < 103; n += 1) {
      const since = performance.now();
      await putEvent(shop, 'shop-b', n);
      await until(() => shop.ledger.heard.length === n - 99);
      expect(performance.now() - since).toBeLessThan(1_000);
    }
    isHanging = false;
    await until(() => shop.ledger.heard.length === hanging.length + 3);
  });

  it('does not start with a store that cannot tell who has something due', async () => {
    class Mute extends MemoryTrackingStore {
      override accountsDue(): never {
        return Promise.resolve(undefined) as never;
      }
    }
    await expect(aShop({ store: new Mute() })).rejects.toThrow('accountsDue');
  });

  it('is left to other processes where the host says so', async () => {
    const shop = await aShop({ work: false, sweep: { everyMs: 0 } });
    await shop.sandboxes.a.webhooks.sendTest();
    await pay(shop, 'shop-b', shop.sandboxes.b, 'left');
    const tracker = await shop.accounts.load('shop-b', PaymentTracker);
    expect((await tracker.check('left'))?.state).toBe('attempted');
    expect(shop.ledger.heard).toEqual([]);
    expect(shop.host.log.text).toContain(
      'outcomes and events of accounts made at run time are left to other processes',
    );
  });

  it('tells at boot once who hears of all accounts, and nothing more of each', async () => {
    const shop = await aShop({ sweep: { everyMs: 0 } });
    await pay(shop, 'shop-a', shop.sandboxes.a, 'one');
    await pay(shop, 'shop-b', shop.sandboxes.b, 'one');
    const lines = shop.host.log.lines.filter((line) => line.includes('payment outcomes'));
    expect(lines).toEqual([
      expect.stringContaining('payment outcomes of accounts made at run time go to Ledger.record'),
    ]);
    const listeners = shop.host.log.lines.filter((line) => line.includes('webhook events'));
    expect(listeners).toEqual([
      expect.stringMatching(/of accounts made at run time go to .*Ledger\.hear \(webhook_test/),
    ]);
  });
});
