import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { useReceivers } from '../../test/receiver.js';

const base = new ManualClock();
const client = useSandbox({ clock: base });
const receiver = useReceivers();
const control = (method: string, path: string, body?: object) =>
  client().call(method, `/_sandbox/${path}`, body, { key: null });

const emitted = { entityType: 'refund', eventType: 'utr.updated', data: { id: 'refund_1', n: 1 } };

async function listening() {
  const merchant = await receiver();
  const answer = await control('POST', 'webhooks/endpoints', { urls: [merchant.url] });
  expect([answer.status, answer.json]).toEqual([200, { endpoints: [merchant.url] }]);
  return merchant;
}

describe('/_sandbox/webhooks', () => {
  it('sends what it is told to where it is told to, and shows what became of it', async () => {
    const merchant = await listening();
    const answer = await control('POST', 'webhooks/emit', emitted);
    expect([answer.status, answer.json]).toMatchObject([201, { type: 'refund.utr.updated' }]);
    await client().sandbox.webhooks.settled();
    const body =
      '{"data":{"id":"refund_1","n":1},"entity_type":"refund","event_type":"utr.updated"}';
    expect(merchant.arrivals).toMatchObject([{ body }]);
    expect((await control('GET', 'deliveries')).json).toEqual({
      deliveries: client().sandbox.webhooks.deliveries(),
    });
    expect(client().sandbox.webhooks.deliveries()).toMatchObject([
      { type: 'refund.utr.updated', url: merchant.url, body, state: 'delivered' },
    ]);
    expect((await control('GET', 'state')).json).toMatchObject({
      webhooks: { endpoints: [merchant.url], events: 1, deliveries: { delivered: 1, pending: 0 } },
    });
  });

  it.each([
    ['webhooks/endpoints', {}],
    ['webhooks/endpoints', { urls: 'http://localhost/' }],
    ['webhooks/endpoints', { urls: [1] }],
    ['webhooks/endpoints', { urls: ['http://shop.example/'] }],
    ['webhooks/emit', { ...emitted, eventType: 'paid' }],
    ['webhooks/emit', { ...emitted, data: [] }],
    ['webhooks/emit', { ...emitted, allowUnknown: 'yes' }],
    ['webhooks/emit', { entityType: 'refund' }],
    ['webhooks/test', {}],
    ['clock', {}],
    ['clock', { advanceMs: -1 }],
    ['clock', { advanceMs: '5' }],
    ['clock', { advanceMs: 40_000_000_000 }],
  ])('POST %s refuses %j', async (path, body) => {
    expect((await control('POST', path, body)).status).toBe(400);
    expect(client().sandbox.webhooks.events()).toEqual([]);
    expect(client().sandbox.clock.now()).toBe(base.now());
  });

  it('sends unknown events on purpose', async () => {
    const merchant = await listening();
    const body = { ...emitted, entityType: 'moon', data: {}, allowUnknown: true };
    expect((await control('POST', 'webhooks/emit', body)).status).toBe(201);
    await client().sandbox.webhooks.settled();
    expect(merchant.types).toEqual(['moon.utr.updated']);
  });

  it('says what the dashboard says to its test', async () => {
    const merchant = await listening();
    merchant.behaviours.push(422);
    const { url } = merchant;
    for (const result of [
      { url, status: 422, message: 'Request failed with status 422' },
      { url, status: 200, message: 'Webhook connection successful' },
    ]) {
      expect((await control('POST', 'webhooks/test', {})).json).toEqual({ results: [result] });
    }
  });

  it('is for this machine only', async () => {
    const options = { key: null, headers: { origin: 'https://evil.example' } };
    const body = { urls: ['https://evil.example/'] };
    const answer = await client().post('/_sandbox/webhooks/endpoints', body, options);
    expect([answer.status, client().sandbox.webhooks.endpoints]).toEqual([403, []]);
  });
});

describe('POST /_sandbox/deliveries/:id/resend', () => {
  it('makes one more attempt and answers with the delivery', async () => {
    const merchant = await listening();
    merchant.behaviours.push(500);
    await control('POST', 'webhooks/emit', emitted);
    await client().sandbox.webhooks.settled();
    const list = await control('GET', 'deliveries');
    const id = read(list.json, 'deliveries', '0', 'id');
    const answer = await control('POST', `deliveries/${id}/resend`);
    expect(answer.json).toMatchObject({ id, state: 'delivered', attempts: [{ status: 500 }, {}] });
    expect(merchant.arrivals).toHaveLength(2);
  });

  it('answers 404 for another id', async () => {
    const answer = await control('POST', 'deliveries/x/resend');
    expect([answer.status, answer.json]).toEqual([
      404,
      { ...badRequest('Delivery not found'), error: 'Not Found' },
    ]);
  });
});

describe('POST /_sandbox/clock', () => {
  it('answers once the retries that became due have been made', async () => {
    const merchant = await listening();
    merchant.behaviours.push(500, 500);
    await control('POST', 'webhooks/emit', emitted);
    const answer = await control('POST', 'clock', { advanceMs: 180_000 });
    expect(answer.json).toEqual({ now: base.now() + 180_000 });
    expect(merchant.arrivals).toHaveLength(3);
    expect((await control('GET', 'clock')).json).toEqual({ now: base.now() + 180_000 });
  });

  it('moves the time of everything else as well', async () => {
    const { secretKey: old } = client().sandbox;
    await control('POST', 'keys/rotate', { old_key_valid_for_seconds: 60 });
    expect((await client().get('/api/v1/orders', { key: old })).status).toBe(200);
    await control('POST', 'clock', { advanceMs: 60_000 });
    expect((await client().get('/api/v1/orders', { key: old })).status).toBe(401);
  });
});
