import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  type AccountOptions,
  type AccountTrackingOptions,
  GlomopayAccounts,
  GlomopayMerchantsModule,
  InProcessEngine,
  MemoryTrackingStore,
  OnGlomopayEvent,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { GlomopayMerchantsTestingModule, GlomopayTestClock } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { anOrder, aPayment } from '../support/library/requests.js';
import { until } from '../support/until.js';

const apps: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

@Injectable()
class Failing {
  @OnGlomopayEvent('webhook_test.test')
  hear(): void {
    throw new Error('never');
  }
}

const keyOf = (name: string): AccountOptions => ({ secretKey: `key-of-${name}-5f0c2e81` });

/** Merchants of a source, each with what is different in its tracking. */
async function aShop(different: Record<string, unknown>, tracked = true) {
  const store = new MemoryTrackingStore();
  const tracking = { store, sweep: { everyMs: 0 }, inbox: { pollEveryMs: 20, retryBaseMs: 1 } };
  const asked: string[] = [];
  const find = (name: string): AccountOptions | undefined => {
    asked.push(name);
    // A new object each time, as a row of a table is.
    return name in different
      ? { ...keyOf(name), tracking: structuredClone(different[name]) as AccountTrackingOptions }
      : undefined;
  };
  const module = await Test.createTestingModule({
    imports: [
      GlomopayMerchantsTestingModule.forRoot({
        accounts: { find },
        refreshMs: 60_000,
        ...(tracked && { tracking }),
      }),
    ],
    providers: [Failing],
  }).compile();
  module.useLogger(new CapturedLog());
  const app = await module.init();
  apps.push(app);
  return { app, store, asked, accounts: app.get(GlomopayAccounts) };
}

describe('The tracking of one merchant', () => {
  it('differs where its options say so, and nowhere else', async () => {
    const { accounts, store } = await aShop({
      'shop-1': { history: false, inbox: { maxTries: 1 } },
      'shop-2': undefined,
    });
    await accounts.register({ name: 'shop-3', ...keyOf('shop-3'), tracking: { history: false } });
    const body = Buffer.from('{"data":{},"entity_type":"webhook_test","event_type":"test"}');
    const id = 'a'.repeat(64);
    for (const account of ['shop-1', 'shop-2']) await store.inbox.insert({ account, id, body });
    const triesOf = async (account: string) =>
      (await store.inbox.find({ account, id }))?.handlers[0]?.tries ?? 0;
    await until(async () => (await triesOf('shop-2')) >= 3);
    expect(await triesOf('shop-1')).toBe(1);
    expect(await store.inbox.find({ account: 'shop-1', id })).toMatchObject({ state: 'failed' });

    const historyOf = (name: string) =>
      accounts.use(name, async (account) => {
        const order = await account.get(OrdersService).create(anOrder());
        const tracker = account.get(PaymentTracker);
        const payment = aPayment({ orderId: order.id, requestId: 'one' });
        await tracker.pay(payment, { amount: 1000, currency: 'USD' });
        return (await tracker.history('one')).map(({ to }) => to);
      });
    // The intent is in the record itself, so every history begins with it.
    expect(await historyOf('shop-1')).toEqual(['created']);
    expect(await historyOf('shop-3')).toEqual(['created']);
    expect(await historyOf('shop-2')).toEqual(['created', 'attempted']);
  });

  it('goes on where a source says the same again, and is made anew where it says another thing', async () => {
    const different = { 'shop-1': { sweep: { maxChecks: 3 }, inbox: { maxTries: 2 } } };
    const { accounts, app, asked } = await aShop(different);
    const clock = app.get(GlomopayTestClock);
    const load = () => accounts.load('shop-1', OrdersService);
    const first = await load();
    clock.skip(60_001);
    expect(await load()).toBe(first);
    expect(asked).toHaveLength(2);
    different['shop-1'].sweep.maxChecks = 4;
    clock.skip(60_001);
    expect(await load()).not.toBe(first);
  });

  it.each<[string, unknown, string]>([
    ['a store', { store: new Map() }, 'tracking.store cannot be of one merchant'],
    ['an engine and no work', { engine: new Map(), work: false }, 'tracking.engine, tracking.work'],
    ['migrations', { migrate: false }, 'tracking.migrate cannot be'],
    ['a retention', { retention: { eventsDays: 3 } }, 'tracking.retention cannot be'],
    ['a round of its own', { sweep: { everyMs: 5 } }, 'tracking.sweep.everyMs cannot be'],
    ['looks of its own', { inbox: { pollEveryMs: 5 } }, 'tracking.inbox.pollEveryMs cannot be'],
    ['a misspelled option', { sweeps: {} }, 'tracking has an option that does not exist'],
    ['a misspelled limit', { sweep: { maxCheck: 1 } }, 'tracking.sweep has an option'],
    ['no object', 'c4n4ry', 'tracking must be an object'],
    ['a bad limit', { inbox: { maxTries: 'c4n4ry' } }, 'tracking.inbox.maxTries must be a whole'],
    ['no flag', { history: 'c4n4ry' }, 'tracking.history must be true or false'],
  ])('is refused with %s, beside every other fault and without a value', async (_, odd, fault) => {
    const { accounts } = await aShop({ 'shop-1': odd });
    const options = { name: 'shop-3', ...keyOf('shop-3'), timeoutMs: -1, tracking: odd };
    const registered = await accounts.register(options as never).catch(String);
    expect(registered).toContain(fault);
    expect(registered).toContain('timeoutMs must be');
    const loaded = await accounts.load('shop-1', OrdersService).catch(String);
    expect(loaded).toContain(fault);
    expect(`${String(registered)}${String(loaded)}`).not.toContain('c4n4ry');
    expect(accounts.names()).toEqual([]);
  });

  it('is refused where merchants are not tracked', async () => {
    const { accounts } = await aShop({ 'shop-1': {} }, false);
    await expect(accounts.load('shop-1', OrdersService)).rejects.toThrow(
      'tracking is of no use where merchants are not tracked',
    );
  });
});

describe('What is forgotten of merchants by age', () => {
  it('is told by the retention of all, for those that are open', async () => {
    const store = new MemoryTrackingStore();
    const purged: string[] = [];
    const purge = store.inbox.purge.bind(store.inbox);
    store.inbox.purge = (account, what) => {
      purged.push(account);
      return purge(account, what);
    };
    const engine = new InProcessEngine();
    const module = await Test.createTestingModule({
      imports: [
        GlomopayMerchantsModule.forRoot({
          source: { find: keyOf },
          tracking: { store, engine, retention: { eventsDays: 1 }, inbox: { pollEveryMs: 20 } },
        }),
      ],
    }).compile();
    module.useLogger(new CapturedLog());
    const app = await module.init();
    apps.push(app);
    await app.get(GlomopayAccounts).load('shop-1', OrdersService);
    await until(() => purged.includes('shop-1'));
    expect(new Set(purged)).toEqual(new Set(['shop-1']));
  });
});
