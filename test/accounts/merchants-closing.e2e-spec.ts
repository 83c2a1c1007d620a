import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  CallbackVerifier,
  GlomopayAccount,
  GlomopayAccounts,
  GlomopayAccountUnavailableError,
  GlomopayMerchantsModule,
  MemoryTrackingStore,
  OnGlomopayEvent,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { AccountGate } from '../../libs/nestjs-glomopay/src/config/account-gate.js';
import { expectNoSecrets } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { Vault } from '../keys/vault.js';
import {
  aMerchantShop,
  callback,
  deliver,
  type MerchantShop,
  optionsOf,
  pay,
} from './merchant-shop.js';

const shops: MerchantShop[] = [];
afterEach(async () => {
  jest.useRealTimers();
  for (const shop of shops.splice(0)) await shop.close();
});

async function aShop(platform: 'express' | 'fastify' = 'express', options: object = {}) {
  const shop = await aMerchantShop(platform, options);
  shops.push(shop);
  return shop;
}

describe('The gate of an account', () => {
  it('lets in what comes beside what runs, until it is shut', () => {
    const gate = new AccountGate(() => undefined);
    gate.enter();
    void gate.close();
    for (let call = 0; call < 100; call += 1) {
      // The next one begins before the one before has ended, for ever.
      gate.enter();
      gate.leave();
    }
    gate.shut();
    expect(() => gate.enter()).toThrow(GlomopayAccountUnavailableError);
    gate.leave();
    expect(gate.isEmpty).toBe(true);
  });

  it('lets the looks of a write through that is under way, and no other write', async () => {
    const gate = new AccountGate(() => undefined);
    gate.enter('write');
    const closing = gate.close();
    gate.shut();
    gate.enter();
    expect(() => gate.enter('write')).toThrow(GlomopayAccountUnavailableError);
    gate.leave();
    gate.leave('write');
    await closing;
    expect(() => gate.enter()).toThrow(GlomopayAccountUnavailableError);
  });
});

describe('An account that is closed by who works for it', () => {
  it.each(['unregister', 'invalidate'] as const)('does not wait for itself: %s', async (how) => {
    const { accounts, sandboxes } = await aShop();
    await accounts.register({ name: 'shop-c', ...optionsOf(sandboxes.a) });
    const name = how === 'unregister' ? 'shop-c' : 'shop-a';
    const order: string[] = [];
    let kept: OrdersService | undefined;
    await accounts.use(name, async (account) => {
      kept = account.get(OrdersService);
      await accounts.use('shop-b', async () => {
        await accounts[how](name);
        order.push('told');
      });
      // It is there for this piece of work to its end.
      await kept.list();
      order.push('worked');
    });
    expect(order).toEqual(['told', 'worked']);
    await until(() =>
      (kept as OrdersService).list().then(
        () => false,
        (thrown) => thrown instanceof GlomopayAccountUnavailableError,
      ),
    );
  });

  it('is waited for by others, and by who has ended their work for it', async () => {
    const { accounts } = await aShop();
    let closing: Promise<unknown> | undefined;
    let later = (): void => undefined;
    await accounts.use('shop-a', async () => {
      // What was begun there and goes on afterwards is there no more.
      closing = new Promise<void>((resolve) => (later = resolve)).then(() =>
        accounts.invalidate('shop-a'),
      );
    });
    let end = (): void => undefined;
    const work = accounts.use('shop-a', () => new Promise<void>((resolve) => (end = resolve)));
    let isClosed = false;
    later();
    void closing?.then(() => (isClosed = true));
    await setImmediate();
    expect(isClosed).toBe(false);
    end();
    await work;
    await closing;
  });

  it('does not wait for its own handler', async () => {
    @Injectable()
    class Closer {
      accounts: GlomopayAccounts | undefined;
      closed = 0;

      @OnGlomopayEvent('webhook_test.test')
      async close(): Promise<void> {
        await this.accounts?.invalidate('shop-a');
        this.closed += 1;
      }
    }
    const store = new MemoryTrackingStore();
    const source = {
      find: () => ({ secretKey: 'a-secret-key-5f0c2e81', webhookSecret: 'a-hook-secret-5f0c2e81' }),
    };
    const module = await Test.createTestingModule({
      imports: [
        GlomopayMerchantsModule.forRoot({
          source,
          tracking: { store, inbox: { handlerTimeoutMs: 20_000 } },
        }),
      ],
      providers: [Closer],
    }).compile();
    module.useLogger(new CapturedLog());
    const app = await module.init();
    const closer = app.get(Closer);
    closer.accounts = app.get(GlomopayAccounts);
    const body = Buffer.from('{"data":{},"entity_type":"webhook_test","event_type":"test"}');
    await store.inbox.insert({ account: 'shop-a', id: 'a'.repeat(64), body });
    await until(() => closer.closed === 1);
    const id = 'a'.repeat(64);
    // Whoever waits for itself is given up after 25 seconds, which is a failure of this handler.
    await until(
      async () => (await store.inbox.find({ account: 'shop-a', id }))?.state === 'handled',
    );
    expect((await store.inbox.find({ account: 'shop-a', id }))?.handlers).toEqual([
      expect.objectContaining({ tries: 0 }),
    ]);
    await app.close();
  });
});

describe('A registration that is under way when the application ends', () => {
  it('leaves nothing behind', async () => {
    const vault = new Vault('a-secret-key-5f0c2e81');
    const store = new MemoryTrackingStore();
    let hold: Promise<void> | undefined;
    let isHeld = false;
    const noteHandlers = store.noteHandlers.bind(store);
    store.noteHandlers = async (notes) => {
      isHeld = hold !== undefined;
      await hold;
      return noteHandlers(notes);
    };
    class OfOne {
      @OnGlomopayEvent('webhook_test.test')
      @GlomopayAccount('tmp')
      hear(): void {}
    }
    const module = await Test.createTestingModule({
      imports: [GlomopayMerchantsModule.forRoot({ tracking: { store } })],
      providers: [OfOne],
    }).compile();
    module.useLogger(new CapturedLog());
    const app = await module.init();
    const accounts = app.get(GlomopayAccounts);
    let go = (): void => undefined;
    hold = new Promise((resolve) => (go = resolve));
    const registering = accounts
      .register({ name: 'tmp', secretKey: vault.source })
      .catch(() => undefined);
    await until(() => isHeld);
    const closing = app.close();
    // The accounts have come to their end, and would be cleared by now.
    await until(() =>
      accounts.load('other', OrdersService).then(
        () => false,
        (thrown) => thrown instanceof GlomopayAccountUnavailableError,
      ),
    );
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    go();
    await Promise.all([registering, closing]);
    expect(vault.listeners).toBe(0);
    expect(accounts.openNames()).toEqual([]);
  });
});

describe('An application whose listeners have bad names', () => {
  it('does not start, though no merchant is there yet', async () => {
    class Twice {
      @OnGlomopayEvent('webhook_test.test', { name: 'same' })
      one(): void {}

      @OnGlomopayEvent('webhook_test.test', { name: 'same' })
      other(): void {}
    }
    const module = await Test.createTestingModule({
      imports: [
        GlomopayMerchantsModule.forRoot({ tracking: { store: new MemoryTrackingStore() } }),
      ],
      providers: [Twice],
    }).compile();
    module.useLogger(new CapturedLog());
    await expect(module.init()).rejects.toThrow('same');
    await module.close().catch(() => undefined);
  });

  it('tells at boot who hears of the events of all merchants, and once', async () => {
    const shop = await aShop();
    await pay(shop, 'shop-a', shop.sandboxes.a, 'one');
    const lines = shop.host.log.lines.filter((line) => line.includes('webhook events'));
    expect(lines).toEqual([expect.stringMatching(/of accounts made at run time.*Ledger\.hear/)]);
  });
});

describe.each(platforms)('Merchants that come and go under load, on %s', (platform) => {
  it('lose no call and no webhook, answer nothing with 500, and are refused afterwards', async () => {
    const shop = await aShop(platform);
    const { a } = shop.sandboxes;
    const { secretKey, webhookSecret } = a;
    const statuses = new Map<number, number>();
    const accepted = new Set<string>();
    const over = new AbortController();
    let n = 0;
    const count = (status: number): void => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    const hook = async (): Promise<void> => {
      const id = `evt-${(n += 1)}`;
      const body = `{"data":{"id":"${id}"},"entity_type":"webhook_test","event_type":"test"}`;
      const { status } = await deliver(`${shop.url}/webhooks/glomopay/tmp`, webhookSecret, body);
      count(status);
      if (status === 200) accepted.add(id);
    };
    const back = async (): Promise<void> =>
      count((await fetch(`${shop.url}/tmp/return${callback(secretKey)}`)).status);
    const faults: unknown[] = [];
    const read = async (): Promise<void> => {
      try {
        await shop.accounts.use('tmp', async (account) => {
          await account.get(PaymentTracker).get('nothing');
          account.get(CallbackVerifier).verifyUrl(callback(secretKey));
        });
      } catch (thrown) {
        if (!/no account tmp/.test(String(thrown))) faults.push(thrown);
      }
    };
    const lane = async (does: () => Promise<void>): Promise<void> => {
      while (!over.signal.aborted) {
        await does();
        await setImmediate();
      }
    };
    const lanes = [hook, hook, hook, back, back, read, read].map(lane);
    for (let round = 0; round < 40; round += 1) {
      await shop.accounts.register({ name: 'tmp', ...optionsOf(a) });
      const { size } = accepted;
      await until(() => accepted.size > size);
      await shop.accounts.unregister('tmp');
      const refused = await fetch(`${shop.url}/tmp/return${callback(secretKey)}`);
      expect(refused.status).toBe(400);
    }
    over.abort();
    await Promise.all(lanes);
    expect(faults).toEqual([]);
    expect([...statuses.keys()].filter((status) => ![200, 400, 401].includes(status))).toEqual([]);
    // What was accepted waits in the store, and is handled when somebody knows the account.
    await shop.accounts.register({ name: 'tmp', ...optionsOf(a) });
    await until(() => shop.ledger.heard.length === accepted.size);
    expectNoSecrets(shop.host.log.text, {
      key: [secretKey, webhookSecret],
    });
  });
});
