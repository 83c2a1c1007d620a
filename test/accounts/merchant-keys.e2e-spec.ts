import { afterEach, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { GlomopayKeyProvider } from 'nestjs-glomopay';
import { CallbackVerifier, GlomopayAccountUnavailableError, GlomopayKeys } from 'nestjs-glomopay';
import { CustomersService, OrdersService } from 'nestjs-glomopay';
import { FastClock } from '../support/library/fast-clock.js';
import { aSecretKey } from '../support/library/secret-key.js';
import { platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { Vault } from '../keys/vault.js';
import { aMerchantShop, callback, deliver, type MerchantShop, optionsOf } from './merchant-shop.js';

const [OLD, NEW] = [aSecretKey('of-yesterday'), aSecretKey('of-today')];
const [HOOK, NEXT_HOOK] = ['whsec-of-yesterday-5f0c2e81', 'whsec-of-today-5f0c2e81'];

const shops: MerchantShop[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
});

/** A shop whose merchant `shop-v` keeps its keys in vaults, and the time by which they are followed. */
async function aVaultShop(platform: 'express' | 'fastify' = 'express', options: object = {}) {
  const clock = new FastClock();
  const shop = await aMerchantShop(platform, { refreshMs: 1_000, ...options }, clock);
  shops.push(shop);
  const [keys, hooks] = [new Vault(OLD), new Vault(HOOK)];
  const row = (rest: object = {}) => ({
    ...optionsOf(shop.sandboxes.a),
    secretKey: keys.source,
    webhookSecret: hooks.source,
    ...rest,
  });
  shop.merchants.instead = async () => row();
  const statusOf = async (key: string) =>
    (await fetch(`${shop.url}/shop-v/return${callback(key)}`)).status;
  const hook = async (secret: string, body?: string) =>
    (await deliver(`${shop.url}/webhooks/glomopay/shop-v`, secret, body)).status;
  return { shop, clock, keys, hooks, row, statusOf, hook };
}

const event = (n: number) => `{"data":{"n":${n}},"entity_type":"webhook_test","event_type":"test"}`;

describe.each(platforms)('A merchant whose keys are in a vault, on %s', (platform) => {
  it('has them read once as it is made, and again for what none of them has signed', async () => {
    const { keys, hooks, statusOf, hook } = await aVaultShop(platform);
    expect(await statusOf(OLD)).toBe(200);
    expect(await hook(HOOK, event(1))).toBe(200);
    expect([keys.readings, hooks.readings]).toEqual([1, 1]);
    keys.put(NEW);
    hooks.put(NEXT_HOOK);
    expect(await statusOf(NEW)).toBe(200);
    expect(await hook(NEXT_HOOK, event(2))).toBe(200);
    // Those of before verify for a while.
    expect([await statusOf(OLD), await hook(HOOK, event(3))]).toEqual([200, 200]);
    expect([keys.readings, hooks.readings]).toEqual([2, 2]);
  });

  it('spares the vault of a merchant at whom forgeries are thrown, and serves the others', async () => {
    const { shop, keys, hooks, hook, statusOf, row } = await aVaultShop(platform);
    expect(await hook(HOOK, event(1))).toBe(200);
    shop.merchants.instead = async (name) =>
      name === 'shop-b' ? optionsOf(shop.sandboxes.b) : row();
    const forged = Array.from({ length: 300 }, (_, n) => hook('made-up-by-a-stranger', event(n)));
    const made = Array.from({ length: 100 }, () => statusOf('made-up-by-a-stranger'));
    const other = await deliver(
      `${shop.url}/webhooks/glomopay/shop-b`,
      shop.sandboxes.b.webhookSecret,
    );
    expect(other.status).toBe(200);
    expect(new Set(await Promise.all([...forged, ...made]))).toEqual(new Set([401]));
    expect(hooks.readings).toBeLessThanOrEqual(2);
    expect(keys.readings).toBeLessThanOrEqual(2);
  });

  it('has no vault read for what is no signature, which would keep a new secret unheard', async () => {
    const { shop, hooks, hook } = await aVaultShop(platform);
    expect(await hook(HOOK, event(1))).toBe(200);
    const readings = hooks.readings;
    hooks.put(NEXT_HOOK);
    for (const way of ['webhooks/glomopay/shop-v', 'shop-v/hook']) {
      for (const signature of ['F'.repeat(64), 'f'.repeat(63), 'sha256=1']) {
        const answer = await fetch(`${shop.url}/${way}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-glomopay-signature': signature },
          body: event(2),
        });
        expect(answer.status).toBe(401);
      }
    }
    expect(hooks.readings).toBe(readings);
    expect(await hook(NEXT_HOOK, event(3))).toBe(200);
    expect(hooks.readings).toBe(readings + 1);
  });

  it('is answered 503 while its vault fails, told without a value, and served when it is back', async () => {
    const { shop, row, statusOf, hook } = await aVaultShop(platform);
    const failing: GlomopayKeyProvider = () => Promise.reject(new Error('no c4n4ry for you'));
    shop.merchants.instead = async () => row({ webhookSecret: failing });
    expect([await statusOf(OLD), await hook(HOOK)]).toEqual([503, 503]);
    const failure: unknown = await shop.accounts.load('shop-v', OrdersService).catch((e) => e);
    expect(failure).toBeInstanceOf(GlomopayAccountUnavailableError);
    expect(String(failure)).toContain('webhookSecret: its provider failed (Error)');
    expect(shop.host.log.text).toContain('the account shop-v cannot be made now: webhookSecret');
    expect(`${String(failure)}${shop.host.log.text}`).not.toContain('c4n4ry');
    shop.merchants.instead = async () => row();
    await until(async () => (await hook(HOOK)) === 200);
  });

  it('is a fault of its options where the vault has what cannot be used', async () => {
    const { shop, row, hook } = await aVaultShop(platform);
    shop.merchants.instead = async () => row({ secretKey: () => 'live_c4n4ry' });
    expect(await hook(HOOK)).toBe(500);
    await expect(shop.accounts.load('shop-v', OrdersService)).rejects.toThrow('publishable');
  });
});

describe('A merchant whose keys are in a vault', () => {
  it('calls under a new key after the gateway has refused the one before', async () => {
    const { shop, keys } = await aVaultShop();
    const { secretKey } = optionsOf(shop.sandboxes.a) as { secretKey: string };
    const customers = await shop.accounts.load('shop-v', CustomersService);
    keys.put(secretKey);
    await customers.list();
    expect(keys.readings).toBe(2);
  });

  it('stays the account that it is where its source makes a provider anew each time', async () => {
    const { shop, clock, statusOf, row } = await aVaultShop();
    let given = OLD;
    let made = 0;
    shop.merchants.instead = async () => {
      made += 1;
      const key = given;
      return row({ secretKey: async () => key, webhookSecret: { current: async () => HOOK } });
    };
    const before = await shop.accounts.load('shop-v', OrdersService);
    for (let round = 0; round < 3; round += 1) {
      clock.skip(1_500);
      expect(await shop.accounts.load('shop-v', OrdersService)).toBe(before);
    }
    expect(made).toBe(4);
    given = NEW;
    clock.skip(1_500);
    await until(async () => (await statusOf(NEW)) === 200);
    // The key of before has its grace, as after every rotation.
    expect(await statusOf(OLD)).toBe(200);
    expect(await shop.accounts.load('shop-v', OrdersService)).toBe(before);
  });

  it('hears of changes from the provider that it has now, and from no other', async () => {
    const { shop, clock, keys, row, statusOf } = await aVaultShop();
    expect(await statusOf(OLD)).toBe(200);
    expect(keys.listeners).toBe(1);
    const other = new Vault(NEW);
    shop.merchants.instead = async () => row({ secretKey: other.source });
    clock.skip(1_500);
    await until(async () => (await statusOf(NEW)) === 200);
    expect([keys.listeners, other.listeners]).toEqual([0, 1]);
    await shop.accounts.invalidate('shop-v');
    expect([keys.listeners, other.listeners]).toEqual([0, 0]);
  });

  it('is made anew where another option has changed, also in an object that stays the same', async () => {
    const { shop, clock, row } = await aVaultShop();
    const options = row({ retry: { maxAttempts: 2 } }) as { retry: { maxAttempts: number } };
    shop.merchants.instead = async () => options as never;
    const before = await shop.accounts.load('shop-v', OrdersService);
    clock.skip(1_500);
    expect(await shop.accounts.load('shop-v', OrdersService)).toBe(before);
    options.retry.maxAttempts = 1;
    clock.skip(1_500);
    expect(await shop.accounts.load('shop-v', OrdersService)).not.toBe(before);
  });

  it('takes keys that are no longer in a vault for other options, and the other way round', async () => {
    const { shop, clock, keys, row, statusOf } = await aVaultShop();
    expect(await statusOf(OLD)).toBe(200);
    shop.merchants.instead = async () => row({ secretKey: NEW });
    clock.skip(1_500);
    expect([await statusOf(NEW), await statusOf(OLD)]).toEqual([200, 401]);
    expect(keys.listeners).toBe(0);
    shop.merchants.instead = async () => row();
    clock.skip(1_500);
    expect([await statusOf(OLD), await statusOf(NEW)]).toEqual([200, 401]);
  });

  it('does not go over to production by a provider of its source, only by being made anew', async () => {
    const { shop, clock, row, statusOf } = await aVaultShop();
    expect(await statusOf(OLD)).toBe(200);
    const live = `e30.${Buffer.from('{"env":"production"}').toString('base64url')}.5f0c2e81`;
    shop.merchants.instead = async () => row({ secretKey: async () => live });
    clock.skip(1_500);
    expect([await statusOf(live), await statusOf(OLD)]).toEqual([401, 200]);
    const keys = await shop.accounts.load('shop-v', GlomopayKeys);
    await keys.refresh();
    expect(keys.look().secretKey.fault).toContain('environment of the first keys');
    await shop.accounts.invalidate('shop-v');
    expect([await statusOf(live), await statusOf(OLD)]).toEqual([200, 401]);
  });

  it('is registered and taken back with its vault, which nobody listens to afterwards', async () => {
    const { shop, keys, hooks, row } = await aVaultShop();
    await shop.accounts.register({ name: 'tmp', ...row() });
    expect(shop.accounts.get('tmp', GlomopayKeys).look().secretKey.source).toBe('provider');
    const verifier = shop.accounts.get('tmp', CallbackVerifier);
    expect([keys.listeners, hooks.listeners]).toEqual([1, 1]);
    await shop.accounts.unregister('tmp');
    expect([keys.listeners, hooks.listeners]).toEqual([0, 0]);
    const { readings } = keys;
    expect(verifier.newKeys()).toBeUndefined();
    expect(keys.readings).toBe(readings);
  });

  it('is told of by its name on the channel of keys', async () => {
    const told: unknown[] = [];
    const hear = (message: unknown): void => void told.push(message);
    subscribe('nestjs-glomopay:keys', hear);
    try {
      const { keys, statusOf } = await aVaultShop();
      await statusOf(OLD);
      keys.put(NEW);
      await statusOf(NEW);
    } finally {
      unsubscribe('nestjs-glomopay:keys', hear);
    }
    expect(told).toEqual([
      expect.objectContaining({ account: 'shop-v', option: 'secretKey', result: 'changed' }),
    ]);
  });
});
