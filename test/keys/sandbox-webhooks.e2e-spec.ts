import { describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { GlomopayKeys } from 'nestjs-glomopay';
import { cleanUp } from '../support/library/clean-up.js';
import { startHealthHost } from '../terminus/health-host.js';
import { startKeyHost } from './key-host.js';
import { Vault } from './vault.js';

const opened = cleanUp();

describe('A webhook secret that is changed at the dashboard', () => {
  it('reaches an application that was told nothing, by the first delivery under it', async () => {
    const sandbox = opened(await GlomopaySandbox.start());
    const secrets = new Vault(sandbox.webhookSecret);
    const host = opened(
      await startKeyHost('express', {
        secretKey: sandbox.secretKey,
        webhookSecret: secrets.source,
        baseUrl: sandbox.url,
      }),
    );
    sandbox.webhooks.endpoints = [`http://127.0.0.1:${host.port}/webhook`];
    const delivered = async () => {
      sandbox.webhooks.emit('webhook_test', 'test', {});
      await sandbox.webhooks.settled();
      return sandbox.webhooks.deliveries()[0]?.state;
    };
    const states = [await delivered()];
    sandbox.webhooks.secret = 'whsec_of_today_1f0c2e';
    secrets.put(sandbox.webhookSecret);
    states.push(await delivered());
    expect(states).toEqual(['delivered', 'delivered']);
    expect(secrets.readings).toBe(2);
    expect(() => (sandbox.webhooks.secret = ' ')).toThrow(TypeError);
  });
});

describe('The health of an application whose vault is down', () => {
  it('stays up, and shows that keys were not refreshed', async () => {
    const sandbox = opened(await GlomopaySandbox.start());
    let isDown = false;
    const secretKey = async () => {
      if (isDown) throw new Error(sandbox.secretKey);
      return sandbox.secretKey;
    };
    const host = opened(await startHealthHost('express', { secretKey, baseUrl: sandbox.url }));
    isDown = true;
    await host.app.get(GlomopayKeys).refresh();
    const { status, glomopay, text } = await host.probe();
    expect([status, glomopay['problems']]).toEqual([200, ['keys_not_refreshed']]);
    expect(text).not.toContain(sandbox.secretKey);
  });
});
