import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './read-settings.js';
import { ShopConfigurationError } from './shop-configuration.error.js';

describe('readSettings', () => {
  it('needs nothing', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      callbackUrl: 'http://localhost:3000/payment/callback',
      dataDir: '.data',
      sandboxPort: 4010,
      checkoutsPerMinute: 10,
      sweepEveryMs: 10_000,
      sweepFirstCheckMs: 30_000,
      isHttps: false,
    });
    expect(settings.gatewayCredentials()).toBeUndefined();
    expect(settings.databaseUrl()).toBeUndefined();
    expect(settings.redisUrl()).toBeUndefined();
    expect(settings.operationsToken()).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = { PORT: '', PUBLIC_URL: ' ', GLOMOPAY_SECRET_KEY: '', SHOP_CUSTOMER_ID: '' };
    expect(readSettings(empty)).toEqual(readSettings({}));
  });

  it('derives the callback from the public address', () => {
    expect(readSettings({ PUBLIC_URL: 'https://shop.example/' }).callbackUrl).toBe(
      'https://shop.example/payment/callback',
    );
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '0x50'],
    ['PORT', '80.5'],
    ['SANDBOX_PORT', '-1'],
    ['TRUST_PROXY', 'yes'],
    ['PUBLIC_URL', 'shop.example'],
    ['PUBLIC_URL', 'http://shop.example'],
    ['PUBLIC_URL', 'https://shop.example/path'],
    ['PUBLIC_URL', 'https://user@shop.example'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['GLOMOPAY_ENVIRONMENT', 'live'],
    ['GLOMOPAY_PAYMENTS_PATH', '/payments'],
    ['SHOP_CUSTOMER_ID', 'cust_../admin'],
    ['DATABASE_URL', 'mysql://shop:pw@localhost/shop'],
    ['DATABASE_URL', 'postgres://shop:pw@localhost'],
    ['DATABASE_URL', 'my-database'],
    ['REDIS_URL', 'http://localhost:6379'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis:'],
    ['OPERATIONS_TOKEN', 'fifteen-letters'],
    ['CHECKOUTS_PER_MINUTE', '0'],
    ['SWEEP_EVERY_MS', '0'],
    ['SWEEP_FIRST_CHECK_MS', '-1'],
  ])('refuses %s=%s and names the variable, not the value', (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault.faults).toHaveLength(1);
    expect(fault.faults[0]).toMatch(name);
    expect(fault.message).not.toContain(` ${value} `);
  });

  it('lists every fault in one error, without a value', () => {
    const fault = faultOf({ PORT: 'p0rt', PUBLIC_URL: 'publ1c', GLOMOPAY_ENVIRONMENT: 'l1ve' });
    expect(fault.faults).toHaveLength(3);
    expect(fault.message).not.toMatch(/p0rt|publ1c|l1ve/);
  });

  it('refuses the address of a gateway without a key for it', () => {
    expect(faultOf({ GLOMOPAY_BASE_URL: 'https://api.example' }).message).toContain(
      'GLOMOPAY_SECRET_KEY',
    );
  });

  it('shows no key and no password when the settings are printed', () => {
    const settings = readSettings({
      GLOMOPAY_SECRET_KEY: 'head.s3cret.tail,second',
      GLOMOPAY_WEBHOOK_SECRET: 'wh-s3cret',
      DATABASE_URL: 'postgres://shop:s3cret@localhost:5432/shop',
      REDIS_URL: 'rediss://:s3cret@localhost:6379',
      OPERATIONS_TOKEN: 's3cret-of-operators',
    });
    expect(settings.databaseUrl()).toContain('s3cret');
    expect(settings.redisUrl()).toContain('s3cret');
    expect(settings.operationsToken()).toContain('s3cret');
    expect(settings.gatewayCredentials()?.secretKeys).toEqual(['head.s3cret.tail', 'second']);
    const printed = inspect(settings, { showHidden: true, depth: 9 }) + JSON.stringify(settings);
    expect(printed).not.toMatch(/s3cret|second/);
  });
});

function faultOf(environment: Record<string, string>): ShopConfigurationError {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof ShopConfigurationError) {
      return error;
    }
  }
  throw new Error('The environment was accepted');
}
