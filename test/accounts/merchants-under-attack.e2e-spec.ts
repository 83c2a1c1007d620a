import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  type AccountOptions,
  type AccountSource,
  CallbackVerifier,
  GlomopayAccounts,
  isGlomopayError,
  MemoryTrackingStore,
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentTracker,
} from 'nestjs-glomopay';
import {
  GlomopayMerchantsTestingModule,
  type GlomopayMerchantsTestingOptions,
  GlomopayScripts,
  GlomopayTestClock,
  signCallback,
} from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { anOrder, aPayment } from '../support/library/requests.js';
import { until } from '../support/until.js';

const MERCHANTS = 200;
const ROUNDS = 16;

@Injectable()
class Outcomes {
  readonly seen: string[] = [];

  @OnPaymentOutcome()
  record({ account, reference, outcome }: PaymentOutcome): void {
    this.seen.push(`${account} ${reference} ${outcome}`);
  }
}

const apps: { close(): Promise<unknown> }[] = [];
const log = new CapturedLog();
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  log.lines.length = 0;
});

async function anApplication(options: GlomopayMerchantsTestingOptions) {
  const module = await Test.createTestingModule({
    imports: [GlomopayMerchantsTestingModule.forRoot(options)],
    providers: [Outcomes],
  }).compile();
  module.useLogger(log);
  const app = await module.init();
  apps.push(app);
  return {
    app,
    accounts: app.get(GlomopayAccounts),
    scripts: app.get(GlomopayScripts),
    clock: app.get(GlomopayTestClock),
    outcomes: app.get(Outcomes).seen,
  };
}

const IN_EVERY_KEY = '5f0c2e81';
const keyOf = (name: string, version: number): string =>
  `key-of-${name}-version-${version}-${IN_EVERY_KEY}`;
const printed = (thrown: unknown): string => inspect(thrown, { depth: 9, showHidden: true });

/** A source that can do all that a bad one does. */
class BadSource implements AccountSource {
  how: 'well' | 'fails' | 'throws' | 'mean' | 'hangs' | 'wrong' | 'odd' | 'gone' = 'well';
  version = 1;
  asked = 0;

  find(name: string, signal: AbortSignal): ReturnType<AccountSource['find']> {
    this.asked += 1;
    if (!name.startsWith('shop-')) return undefined;
    switch (this.how) {
      case 'fails':
        return Promise.reject(new Error(`select ${keyOf(name, this.version)}`));
      case 'throws':
        throw Object.assign(new TypeError(keyOf(name, this.version)), { name: keyOf(name, 0) });
      case 'mean':
        throw Object.defineProperty(new Error('mean'), 'name', {
          get: () => {
            throw new Error(keyOf(name, this.version));
          },
        });
      case 'hangs':
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('late')));
        });
      case 'wrong':
        return { secretKey: keyOf(name, this.version), timeoutMs: -1 };
      case 'odd':
        return keyOf(name, this.version) as never;
      case 'gone':
        return null;
      default:
        return { secretKey: keyOf(name, this.version) };
    }
  }
}

const said = { orderId: 'order_1', paymentId: 'payt_1', status: 'success' } as const;

function verifies(verifier: CallbackVerifier, key: string): boolean {
  try {
    return verifier.verify(signCallback(said, key).query).paymentId === said.paymentId;
  } catch {
    return false;
  }
}

describe('Two hundred merchants whose source misbehaves', () => {
  it('fail in known words, never under the keys of another, and serve when it is well', async () => {
    const source = new BadSource();
    const { accounts, clock } = await anApplication({
      accounts: source,
      refreshMs: 1_000,
      unknownMs: 1_000,
      findTimeoutMs: 50,
      most: 50,
    });
    const names = Array.from({ length: MERCHANTS }, (_, n) => `shop-${n}`);
    const codes = new Map<string, number>();
    const strange: unknown[] = [];
    const use = async (name: string, n: number): Promise<void> => {
      try {
        await accounts.use(name, async (account) => {
          await account.get(OrdersService).list();
          const verifier = account.get(CallbackVerifier);
          const other = names[(n + 1) % MERCHANTS] ?? '';
          for (let version = 1; version <= source.version; version += 1) {
            if (verifies(verifier, keyOf(other, version))) strange.push(`${name} as ${other}`);
          }
        });
      } catch (thrown) {
        if (!isGlomopayError(thrown)) strange.push(thrown);
        else codes.set(thrown.code, (codes.get(thrown.code) ?? 0) + 1);
        if (printed(thrown).includes(IN_EVERY_KEY)) strange.push(`a key in ${String(thrown)}`);
      }
    };
    const hows = ['well', 'fails', 'throws', 'mean', 'hangs', 'wrong', 'odd', 'gone'] as const;
    for (let round = 0; round < ROUNDS; round += 1) {
      source.how = hows[round % hows.length] ?? 'well';
      if (source.how === 'well') source.version += 1;
      const uses = names.map(use);
      await setImmediate();
      for (let n = 0; n < MERCHANTS; n += 7) void accounts.invalidate(`shop-${n}`);
      await Promise.all(uses);
      clock.skip(2_001);
    }
    expect(strange).toEqual([]);
    expect([...codes.keys()].toSorted()).toEqual([
      'GLOMOPAY_ACCOUNT_UNAVAILABLE',
      'GLOMOPAY_ACCOUNT_UNKNOWN',
      'GLOMOPAY_CONFIGURATION',
    ]);
    source.how = 'well';
    source.version += 1;
    codes.clear();
    await Promise.all(names.map(use));
    expect([...codes]).toEqual([]);
    for (const name of names.slice(0, 20)) {
      const verifier = await accounts.load(name, CallbackVerifier);
      expect(verifies(verifier, keyOf(name, source.version))).toBe(true);
      expect(verifies(verifier, keyOf(name, source.version - 1))).toBe(false);
    }
    expect(log.text).not.toContain(IN_EVERY_KEY);
  });

  it('spare it: what fails is asked once a second, however many come', async () => {
    const source = new BadSource();
    source.how = 'fails';
    const { accounts } = await anApplication({ accounts: source });
    for (let round = 0; round < 50; round += 1) {
      await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => accounts.load(`shop-${n}`, OrdersService)),
      );
    }
    expect(source.asked).toBeLessThan(1_000);
    expect(log.lines.filter((line) => line.includes('cannot be used')).length).toBeLessThan(5);
  });

  it('wait for their turn no longer than the source may take, however many wait before them', async () => {
    const source = new BadSource();
    const { accounts } = await anApplication({ accounts: source, findTimeoutMs: 200 });
    source.find = () => {
      source.asked += 1;
      return new Promise(() => undefined);
    };
    const since = performance.now();
    const uses = await Promise.allSettled(
      Array.from({ length: 500 }, (_, n) => accounts.load(`shop-${n}`, OrdersService)),
    );
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(uses.every(({ status }) => status === 'rejected')).toBe(true);
    // Those for whom nobody waits any more are not asked about.
    expect(source.asked).toBeLessThanOrEqual(32);
    source.find = (name) => ({ secretKey: keyOf(name, 1) });
    await accounts.load('shop-new', OrdersService);
  });

  it('go on for as long again as their options count, and no longer', async () => {
    const source = new BadSource();
    const { accounts, clock } = await anApplication({ accounts: source, refreshMs: 1_000 });
    const orders = await accounts.load('shop-1', OrdersService);
    source.how = 'fails';
    clock.skip(1_500);
    expect(await accounts.load('shop-1', OrdersService)).toBe(orders);
    clock.skip(600);
    await expect(accounts.load('shop-1', OrdersService)).rejects.toThrow('cannot be used now');
  });

  it('end with the application in the middle of it', async () => {
    const source = new BadSource();
    const { app, accounts } = await anApplication({ accounts: source, findTimeoutMs: 50 });
    await accounts.load('shop-0', OrdersService);
    source.how = 'hangs';
    const uses = Promise.allSettled(
      Array.from({ length: MERCHANTS }, (_, n) =>
        accounts.use(`shop-${n}`, async () => {
          await sleep(5);
          return 'worked';
        }),
      ),
    );
    await setImmediate();
    await app.close();
    for (const result of await uses) {
      expect(result.status === 'fulfilled' || isGlomopayError(result.reason)).toBe(true);
    }
    expect(accounts.openNames()).toEqual([]);
    await expect(accounts.load('shop-0', OrdersService)).rejects.toThrow('about to end');
    await expect(accounts.register({ name: 'shop-x', secretKey: 'k' })).rejects.toThrow(
      'about to end',
    );
  });
});

describe('A source that calls the accounts', () => {
  it('does not go round for ever when it has the account made anew each time', async () => {
    let asked = 0;
    let accounts: GlomopayAccounts | undefined;
    const find = async (name: string): Promise<AccountOptions> => {
      asked += 1;
      await accounts?.invalidate(name);
      return { secretKey: keyOf(name, 1) };
    };
    ({ accounts } = await anApplication({ accounts: { find } }));
    await expect(accounts.load('shop-1', OrdersService)).rejects.toThrow('again and again');
    expect(asked).toBeLessThan(20);
    expect(accounts.openNames()).toEqual([]);
  });

  it('gets an answer when it asks for the account that it is asked for', async () => {
    let accounts: GlomopayAccounts | undefined;
    const find = async (name: string): Promise<AccountOptions> => {
      await accounts?.load(name, OrdersService);
      return { secretKey: keyOf(name, 1) };
    };
    ({ accounts } = await anApplication({ accounts: { find }, findTimeoutMs: 50 }));
    await expect(accounts.load('shop-1', OrdersService)).rejects.toThrow('did not answer');
  });

  it('may register the account that it is asked for', async () => {
    let accounts: GlomopayAccounts | undefined;
    const find = async (name: string): Promise<undefined> => {
      await accounts?.register({ name, secretKey: keyOf(name, 1) });
    };
    ({ accounts } = await anApplication({ accounts: { find } }));
    await accounts.load('shop-1', OrdersService);
    expect(accounts.names()).toEqual(['shop-1']);
  });
});

describe('Merchants who are named as members of every object', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

  it('are paid like others', async () => {
    const tracking = { store: new MemoryTrackingStore(), sweep: { everyMs: 0 } };
    const { accounts, scripts, outcomes } = await anApplication({ accounts: names, tracking });
    for (const name of names) {
      await accounts.use(name, async (account) => {
        const order = await account.get(OrdersService).create(anOrder());
        const tracker = account.get(PaymentTracker);
        const { payment } = await tracker.pay(aPayment({ orderId: order.id, requestId: 'one' }), {
          amount: 1000,
          currency: 'USD',
        });
        scripts.of(name).complete(payment.paymentId ?? 'payt_none', 'approve');
        await tracker.check('one');
      });
    }
    expect(outcomes).toEqual(names.map((name) => `${name} one succeeded`));
    expect(accounts.openNames().toSorted()).toEqual(names.toSorted());
    await accounts.register({ name: 'prototype', secretKey: keyOf('prototype', 1) });
    expect(await accounts.unregister('prototype')).toBe(true);
    for (const name of ['__proto__', '__defineGetter__', '__lookupSetter__']) {
      const registration = { ['name']: name, secretKey: keyOf('x', 1) };
      await expect(accounts.register(registration)).rejects.toThrow('name must be');
      expect(await accounts.unregister(name)).toBe(false);
    }
  });
});

describe('A merchant who is taken back while being registered', () => {
  it('is gone then, and may be registered again under another key', async () => {
    const { accounts } = await anApplication({});
    let give: (key: string) => void = () => undefined;
    const secretKey = () => new Promise<string>((resolve) => (give = resolve));
    const registering = accounts.register({ name: 'shop-1', secretKey });
    await expect(accounts.register({ name: 'shop-1', secretKey })).rejects.toThrow('already');
    const takenBack = accounts.unregister('shop-1');
    await setImmediate();
    give(keyOf('shop-1', 1));
    await registering;
    expect(await takenBack).toBe(true);
    expect(accounts.names()).toEqual([]);
    await accounts.register({ name: 'shop-1', secretKey: keyOf('shop-1', 2) });
    const verifier = accounts.get('shop-1', CallbackVerifier);
    expect([1, 2].map((version) => verifies(verifier, keyOf('shop-1', version)))).toEqual([
      false,
      true,
    ]);
  });

  it('was never there where the registration fails', async () => {
    const { accounts } = await anApplication({});
    const registering = accounts.register({ name: 'shop-1', secretKey: async () => '' });
    const takenBack = accounts.unregister('shop-1');
    await expect(registering).rejects.toThrow('at least one key');
    expect(await takenBack).toBe(false);
  });
});

describe('Two applications in one process', () => {
  it('have each its own merchants of the same names, and end one without the other', async () => {
    const accounts = ['shop-1'];
    const one = await anApplication({ accounts });
    const other = await anApplication({ accounts });
    const orders = await one.accounts.load('shop-1', OrdersService);
    expect(await other.accounts.load('shop-1', OrdersService)).not.toBe(orders);
    await one.accounts.register({ name: 'shop-2', secretKey: keyOf('shop-2', 1) });
    expect(other.accounts.names()).toEqual([]);
    await other.app.close();
    expect(await orders.list()).toMatchObject({ data: [] });
    await one.accounts.invalidate('shop-1');
    await one.accounts.load('shop-1', OrdersService);
  });

  it('work off one store together, each outcome once, and the one goes on when the other ends', async () => {
    const store = new MemoryTrackingStore();
    const tracking = {
      store,
      sweep: { everyMs: 100, firstCheckMs: 0 },
      inbox: { pollEveryMs: 20 },
    };
    const accounts = ['shop-1', 'shop-2'];
    const scripts = new GlomopayScripts();
    const one = await anApplication({ accounts, tracking, scripts });
    const other = await anApplication({ accounts, tracking, scripts });
    const outcomes = () => [...one.outcomes, ...other.outcomes].toSorted();
    const pay = ({ accounts: of }: { accounts: GlomopayAccounts }, name: string, id: string) =>
      of.use(name, async (account) => {
        const order = await account.get(OrdersService).create(anOrder());
        const { payment } = await account
          .get(PaymentTracker)
          .pay(aPayment({ orderId: order.id, requestId: id }), { amount: 1000, currency: 'USD' });
        scripts.of(name).complete(payment.paymentId ?? 'payt_none', 'approve');
      });
    await pay(one, 'shop-1', 'a');
    await pay(other, 'shop-1', 'b');
    await pay(other, 'shop-2', 'a');
    await until(() => outcomes().length >= 3);
    await other.app.close();
    await pay(one, 'shop-2', 'c');
    await until(() => outcomes().length >= 4);
    expect(outcomes()).toEqual([
      'shop-1 a succeeded',
      'shop-1 b succeeded',
      'shop-2 a succeeded',
      'shop-2 c succeeded',
    ]);
  });
});
