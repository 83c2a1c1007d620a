import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { WebhookInbox } from 'nestjs-glomopay';
import { createApp } from '../../src/bootstrap.js';
import { CapturedLog } from '../support/captured-log.js';
import { answerAtBank, startPurchase } from '../support/checkouts.js';
import { freePort, startShop } from '../support/running-shop.js';
import { type ShopData, sqliteData } from '../support/shop-data.js';
import { Visitor } from '../support/visitor.js';

describe('createApp', () => {
  let data: ShopData;

  beforeEach(async () => {
    data = await sqliteData();
  });

  afterEach(async () => {
    await data.remove();
  });

  it('starts a sandbox of its own when there is no key, and stops it', async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const app = await createApp({
      logger: false,
      environment: {
        PORT: String(port),
        SANDBOX_PORT: String(sandboxPort),
        ...data.environment,
      },
    });
    await app.listen(port);
    const visitor = await Visitor.at(`http://localhost:${port}`);
    expect(await visitor.json('/health')).toEqual({ status: 'ok', gateway: 'sandbox' });
    expect(await visitor.read('/')).toContain('Test cards');
    expect((await fetch(`http://127.0.0.1:${sandboxPort}/`)).status).toBe(200);
    await app.close();
    await expect(fetch(`http://127.0.0.1:${sandboxPort}/`)).rejects.toThrow('fetch failed');
  });

  it('is told by the sandbox of its own what happens, and nobody has to set an address', async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const log = new CapturedLog();
    const app = await createApp({
      logger: log,
      environment: {
        PORT: String(port),
        SANDBOX_PORT: String(sandboxPort),
        ...data.environment,
      },
    });
    await app.listen(port);
    const test = `http://127.0.0.1:${sandboxPort}/_sandbox/webhooks/test`;
    const answer = await fetch(test, { method: 'POST' });
    expect(await answer.json()).toMatchObject({
      results: [{ url: `http://127.0.0.1:${port}/webhooks/glomopay`, status: 200 }],
    });
    expect(log.text).not.toContain('Webhooks are off');
    const [event] = await app.get(WebhookInbox).list();
    expect(event?.receivedAt).toBeInstanceOf(Date);
    await app.close();
  });

  it('refuses production without a key', async () => {
    await expect(
      createApp({ logger: false, environment: { NODE_ENV: 'production' } }),
    ).rejects.toThrow('GLOMOPAY_SECRET_KEY is needed in production');
  });

  it('refuses a publishable key, without repeating it', async () => {
    const starting = createApp({
      logger: false,
      environment: { ...data.environment, GLOMOPAY_SECRET_KEY: 'test_6889e287VfqrPVPg' },
    });
    await expect(starting).rejects.toThrow('publishable');
    await expect(starting).rejects.not.toThrow('6889e287');
  });

  it('says in one message that its database cannot be used, without the address', async () => {
    const port = await freePort();
    const environment = { DATABASE_URL: `postgres://shop:s3cret@127.0.0.1:${port}/coffee` };
    const starting = createApp({
      logger: false,
      environment: { ...environment, SANDBOX_PORT: '0' },
    });
    await expect(starting).rejects.toThrow('DATABASE_URL: the database cannot be reached');
    await expect(starting).rejects.not.toThrow(/s3cret|coffee/);
  });

  it('does not start on a file that another version has made', async () => {
    const database = new Database(join(String(data.environment['DATA_DIR']), 'shop.db'));
    database.exec('CREATE TABLE purchases (reference TEXT PRIMARY KEY, status TEXT)');
    database.close();
    const starting = createApp({
      logger: false,
      environment: { ...data.environment, SANDBOX_PORT: '0' },
    });
    await expect(starting).rejects.toThrow('another version of this shop');
  });

  it('copies none of its environment into the process', async () => {
    const before = { ...process.env };
    const shop = await startShop({
      GLOMOPAY_WEBHOOK_SECRET: 'whsec-of-this-test-0123456789abcdef',
    });
    expect({ ...process.env }).toEqual(before);
    await shop.close();
  });

  it('accepts the return of a payment that an older key signed', async () => {
    const first = await startShop();
    const keys = [await first.sandbox.rotateKey({ oldKeyValidForMs: 60_000 })];
    keys.push(...first.sandbox.secretKeys.filter((key) => key !== keys[0]));
    const port = await freePort();
    const app = await createApp({
      logger: first.log,
      environment: {
        PORT: String(port),
        ...data.environment,
        GLOMOPAY_SECRET_KEY: keys.join(', '),
        GLOMOPAY_BASE_URL: first.sandbox.url,
      },
    });
    await app.listen(port);
    const shop = { ...first, url: `http://localhost:${port}` };
    const visitor = await Visitor.at(shop.url);
    const purchase = await startPurchase(shop, visitor);
    shop.sandbox.faults.next('callback', 'callback-with-older-key');
    const response = await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(response.headers.get('location')).toBe(`/payment/success?ref=${purchase.reference}`);
    await app.close();
    await first.close();
  });
});
