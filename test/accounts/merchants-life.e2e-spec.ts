import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  type AccountOptions,
  CallbackVerifier,
  GlomopayAccounts,
  GlomopayAccountUnavailableError,
  GlomopayAccountUnknownError,
  GlomopayConfigurationError,
  GlomopayMerchantsModule,
  type GlomopayMerchantsOptions,
  GlomopayModule,
  OrdersService,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';
import { until } from '../support/until.js';
import { callback, Merchants } from './merchant-shop.js';

const optionsFor = (name: string) => ({ secretKey: `key-of-${name}-5f0c2e81` });

describe('Accounts of a source', () => {
  const apps: INestApplicationContext[] = [];
  const log = new CapturedLog();
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    log.lines.length = 0;
  });

  /** A source with a row for every name that begins with `shop`. */
  async function started(options: GlomopayMerchantsOptions = {}) {
    const merchants = new Merchants();
    merchants.instead = async (name) =>
      (name.startsWith('shop') ? optionsFor(name) : undefined) as AccountOptions;
    const module = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({ name: 'emea', ...optionsFor('emea') }),
        GlomopayMerchantsModule.forRoot({ source: merchants, ...options }),
      ],
    }).compile();
    module.useLogger(log);
    const app = await module.init();
    apps.push(app);
    return { app, merchants, accounts: app.get(GlomopayAccounts) };
  }

  it('are made once for a thousand who ask at the same time', async () => {
    const { accounts, merchants } = await started();
    const services = await Promise.all(
      Array.from({ length: 1_000 }, () => accounts.load('shop-1', OrdersService)),
    );
    expect(new Set(services).size).toBe(1);
    expect(merchants.asked).toEqual(['shop-1']);
  });

  it('are not asked for where a module registers the name', async () => {
    const { accounts, merchants } = await started();
    const orders = accounts.get('emea', OrdersService);
    expect(await accounts.load('emea', OrdersService)).toBe(orders);
    expect(await accounts.use('emea', async (account) => account.get(OrdersService))).toBe(orders);
    await expect(accounts.register({ name: 'emea', ...optionsFor('x') })).rejects.toThrow(
      'a module registers the account emea',
    );
    expect(merchants.asked).toEqual([]);
    expect(accounts.names()).toEqual(['emea']);
  });

  it('are had by load and use, and not by get', async () => {
    const { accounts } = await started();
    await accounts.load('shop-1', OrdersService);
    expect(() => accounts.get('shop-1', OrdersService)).toThrow(
      'there is no account shop-1; there are emea by registration; those of an AccountSource are had by use()',
    );
    await expect(accounts.load('nobody', OrdersService)).rejects.toThrow(
      'no account nobody: registered are emea, and the AccountSource, if any, knows no such',
    );
    await expect(accounts.use('nobody', async () => 1)).rejects.toThrow(
      GlomopayAccountUnknownError,
    );
    await expect(accounts.load('shop-1', Date as never)).rejects.toThrow('has no Date');
  });

  it('give up a source that is silent, tell it so, and are there when it answers', async () => {
    const { accounts, merchants } = await started({ findTimeoutMs: 50 });
    let isAborted = false;
    merchants.instead = (_, signal) =>
      new Promise(() => signal.addEventListener('abort', () => (isAborted = true)));
    await expect(accounts.load('shop-1', OrdersService)).rejects.toThrow('within 50 ms');
    expect(isAborted).toBe(true);
    merchants.instead = async () => optionsFor('shop-1');
    await until(() =>
      accounts.load('shop-1', OrdersService).then(
        () => true,
        () => false,
      ),
    );
  });

  const bad: readonly [string, unknown, RegExp][] = [
    ['a key that is publishable', { secretKey: 'test_c4n4ry_5f0c2e81' }, /secretKey/],
    ['a misspelled option', { ...optionsFor('x'), tiemoutMs: 'c4n4ry' }, /does not exist/],
    ['a text', 'c4n4ry', /must be an object/],
    ['a list', ['c4n4ry'], /must be an object/],
    [
      'an option that throws',
      {
        get secretKey(): string {
          throw new Error('c4n4ry');
        },
      },
      /secretKey cannot be read/,
    ],
  ];
  it.each(bad)('name what is wrong with %s, and no value', async (_, options, fault) => {
    const { accounts, merchants } = await started();
    merchants.instead = async () => options as AccountOptions;
    const thrown: unknown = await accounts.load('shop-1', OrdersService).catch((error) => error);
    expect(thrown).toBeInstanceOf(GlomopayConfigurationError);
    expect(String(thrown)).toMatch(fault);
    expect(String(thrown)).toContain('account shop-1: ');
    expect(String(thrown)).not.toContain('c4n4ry');
    merchants.instead = async () => optionsFor('shop-1');
    await until(() =>
      accounts.load('shop-1', OrdersService).then(
        () => true,
        () => false,
      ),
    );
  });

  it('are closed when nobody uses them, and made anew afterwards', async () => {
    const { accounts, merchants } = await started({ idleMs: 1_000 });
    const before = await accounts.load('shop-1', OrdersService);
    let end = (): void => undefined;
    const inUse = accounts.use('shop-2', () => new Promise<void>((resolve) => (end = resolve)));
    await until(() => accounts.openNames().join() === 'shop-2');
    await expect(before.list()).rejects.toThrow(GlomopayAccountUnavailableError);
    const after = await accounts.load('shop-1', OrdersService);
    expect(after).not.toBe(before);
    expect(merchants.asked).toEqual(['shop-1', 'shop-2', 'shop-1']);
    end();
    await inUse;
    await until(() => accounts.openNames().length === 0);
  });

  it('make room for others, the one first that was used longest ago', async () => {
    const { accounts } = await started({ most: 10 });
    for (let n = 0; n < 200; n += 1) {
      await accounts.load(`shop-${n}`, OrdersService);
      expect(accounts.openNames().length).toBeLessThanOrEqual(20);
    }
    expect(accounts.openNames().at(-1)).toBe('shop-199');
    expect(accounts.openNames()).not.toContain('shop-0');
  });

  it('stay open while they are in use, however many there are', async () => {
    const { accounts } = await started({ most: 1 });
    const ends: (() => void)[] = [];
    const uses = Array.from({ length: 20 }, (_, n) =>
      accounts.use(`shop-${n}`, () => new Promise<void>((resolve) => ends.push(resolve))),
    );
    await until(() => ends.length === 20);
    expect(accounts.openNames()).toHaveLength(20);
    for (const end of ends) end();
    await Promise.all(uses);
    // The next ones are made in their place.
    for (let n = 20; n < 25; n += 1) await accounts.load(`shop-${n}`, OrdersService);
    expect(accounts.openNames().length).toBeLessThanOrEqual(3);
  });

  it('are asked for again after a time, and made anew only where they have changed', async () => {
    const { accounts, merchants } = await started({ refreshMs: 1_000 });
    const before = await accounts.load('shop-1', OrdersService);
    await until(async () => {
      await accounts.load('shop-1', OrdersService);
      return merchants.asked.length >= 2;
    });
    expect(await accounts.load('shop-1', OrdersService)).toBe(before);
    merchants.instead = async () => ({ ...optionsFor('shop-1'), timeoutMs: 5_000 });
    await until(async () => (await accounts.load('shop-1', OrdersService)) !== before);
    merchants.instead = undefined;
    await until(() =>
      accounts.load('shop-1', OrdersService).then(
        () => false,
        (thrown) => thrown instanceof GlomopayAccountUnknownError,
      ),
    );
    expect(accounts.openNames()).toEqual([]);
  });

  it('are of the last word when they change while they are being made', async () => {
    const { accounts, merchants } = await started();
    let answer: (options: AccountOptions) => void = () => undefined;
    merchants.instead = () => new Promise((resolve) => (answer = resolve));
    const loading = accounts.load('shop-1', CallbackVerifier);
    await until(() => merchants.asked.length === 1);
    merchants.instead = async () => optionsFor('new');
    await accounts.invalidate('shop-1');
    answer(optionsFor('old'));
    const verifier = await loading;
    expect(merchants.asked).toEqual(['shop-1', 'shop-1']);
    expect(() => verifier.verifyUrl(callback('key-of-old-5f0c2e81'))).toThrow('signature');
    expect(verifier.verifyUrl(callback('key-of-new-5f0c2e81')).paymentId).toBe('payt_b');
    expect(await accounts.load('shop-1', CallbackVerifier)).toBe(await loading);
  });

  it('wait with their closing for the work that uses them', async () => {
    const { accounts } = await started();
    await accounts.register({ name: 'tmp', ...optionsFor('tmp') });
    const order: string[] = [];
    let end = (): void => undefined;
    const work = accounts
      .use('tmp', () => new Promise<void>((resolve) => (end = resolve)))
      .then(() => order.push('work'));
    const closing = accounts.unregister('tmp').then(() => order.push('closed'));
    await expect(accounts.load('tmp', OrdersService)).rejects.toThrow('no account tmp');
    end();
    await Promise.all([work, closing]);
    expect(order).toEqual(['work', 'closed']);
  });

  it('end with the application, and none is made afterwards', async () => {
    const { app, accounts } = await started();
    await accounts.load('shop-1', OrdersService);
    apps.splice(0);
    await app.close();
    expect(accounts.openNames()).toEqual([]);
    await expect(accounts.load('shop-2', OrdersService)).rejects.toThrow('about to end');
    await expect(accounts.register({ name: 'tmp', ...optionsFor('tmp') })).rejects.toThrow(
      GlomopayAccountUnavailableError,
    );
  });

  it('are apart in two applications of one process', async () => {
    const [one, other] = [await started(), await started()];
    await one.accounts.register({ name: 'tmp', ...optionsFor('tmp') });
    expect(other.accounts.names()).toEqual(['emea']);
    await expect(other.accounts.load('tmp', OrdersService)).rejects.toThrow('no account tmp');
    expect(await one.accounts.load('shop-1', OrdersService)).not.toBe(
      await other.accounts.load('shop-1', OrdersService),
    );
    await one.app.close();
    expect(await other.accounts.load('shop-1', OrdersService)).toBeInstanceOf(OrdersService);
  });

  it('need their module, and it once', async () => {
    const app = await Test.createTestingModule({
      imports: [GlomopayModule.forRoot(optionsFor('home'))],
    }).compile();
    apps.push(app);
    const accounts = app.get(GlomopayAccounts);
    await expect(accounts.register({ name: 'tmp', ...optionsFor('tmp') })).rejects.toThrow(
      'GlomopayMerchantsModule',
    );
    await expect(accounts.load('tmp', OrdersService)).rejects.toThrow('no account tmp');
    expect(await accounts.load('default', OrdersService)).toBe(app.get(OrdersService));
    const twice = Test.createTestingModule({
      imports: [
        GlomopayMerchantsModule.forRoot({ source: new Merchants() }),
        GlomopayMerchantsModule.forRoot({ idleMs: 5_000 }),
      ],
    }).compile();
    await expect(twice).rejects.toThrow('registered twice');
  });

  const refused: readonly [string, object, RegExp][] = [
    ['a source that cannot find', { source: {} }, /source must be an AccountSource/],
    ['a misspelled option', { idelMs: 1 }, /option that does not exist/],
    ['an idle time of nothing', { idleMs: 0 }, /idleMs must be a whole number/],
    ['room for nobody', { most: 0 }, /most must be a whole number/],
    ['a store that is none', { tracking: { store: {} } }, /store must be a TrackingStore/],
    ['a route without tracking', { webhooks: { path: '/hooks/:account' } }, /needs tracking/],
    ['a route without a name in it', { webhooks: { path: '/hooks' } }, /one part :account/],
    ['a route with two', { webhooks: { path: '/:account/:account' } }, /one part :account/],
    ['a route with a pattern', { webhooks: { path: '/hooks*/:account' } }, /one part :account/],
  ];
  it.each(refused)('do not let an application start with %s', async (_, options, fault) => {
    const compile = async () =>
      Test.createTestingModule({
        imports: [GlomopayMerchantsModule.forRoot(options)],
      }).compile();
    await expect(compile()).rejects.toThrow(fault);
  });
});
