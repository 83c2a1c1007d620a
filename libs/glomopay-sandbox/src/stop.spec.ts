import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { TestClient } from '../test/client.js';
import { Receiver } from '../test/receiver.js';
import { GlomopaySandbox } from './index.js';

/** What keeps this process running. */
const handles = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Server/.test(kind));

describe('stop()', () => {
  it('leaves nothing behind, with plans, reviews and retries under way', async () => {
    const before = handles();
    const receiver = await Receiver.start();
    receiver.behaviours.push(500, () => undefined);
    const sandbox = await GlomopaySandbox.start({
      webhookUrl: receiver.url,
      account: { screening: { card: true, transfer: true }, orderReview: true },
    });
    const client = new TestClient(sandbox);
    await client.order();
    sandbox.account.orderReview = false;
    await client.paid({ amount: 6623 });
    await client.refund(await client.paid());
    const told = sandbox.webhooks.events().length;
    const hanging = client.order().catch(() => 'ended');
    await Promise.all([sandbox.stop(), sandbox.stop(), hanging]);
    await receiver.stop();
    await sandbox.clock.advance(366 * 86_400_000);
    expect(sandbox.webhooks.events()).toHaveLength(told);
    for (let times = 0; times < 50 && handles().length > before.length; times += 1) await pause(20);
    expect(handles()).toEqual(before);
  });

  it('of one leaves another in the same process alone', async () => {
    const [one, other] = [await GlomopaySandbox.start(), await GlomopaySandbox.start()];
    const first = new TestClient(one);
    const second = new TestClient(other);
    const id = await first.paid();
    expect((await second.get(`/api/v1/payment/${id}`)).status).toBe(404);
    const answer = await second.get('/api/v1/payment', { key: one.secretKey });
    expect(answer.status).toBe(401);
    one.account.duplicateCheckLast = true;
    one.rates.set('USD', 'EUR', 2);
    await one.clock.advance(86_400_000);
    await one.stop();
    expect(other.account.duplicateCheckLast).toBe(false);
    expect(other.rates.find('USD', 'EUR')).toBe(0.92);
    expect(Math.abs(other.clock.now() - Date.now())).toBeLessThan(60_000);
    expect(await second.paid()).toMatch(/^payt_/);
    expect(other.payments.list()).toHaveLength(1);
    await other.stop();
  });
});
