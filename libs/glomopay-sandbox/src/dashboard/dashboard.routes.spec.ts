import { describe, expect, it } from '@jest/globals';
import { useSandbox } from '../../test/client.js';

const client = useSandbox();

describe('the page at /', () => {
  it('starts empty and reloads by itself', async () => {
    const { status, text, headers } = await client().get('/', { key: null });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text.match(/None yet\./g)).toHaveLength(10);
    expect(text).toContain('http-equiv="refresh" content="5"');
  });

  it('shows orders and payments with status and amount', async () => {
    const { orderId, paymentId } = await client().payment({}, { product: { name: 'Policy' } });
    client().sandbox.completePayment(paymentId, 'decline');
    const { text } = await client().get('/', { key: null });
    for (const shown of [orderId, paymentId, 'Policy', 'PAYMENT_DECLINED', 'USD\u00A010.00']) {
      expect(text).toContain(shown);
    }
  });

  it('shows webhooks with their fate, without the query of an endpoint', async () => {
    const { sandbox } = client();
    const { webhooks } = sandbox;
    webhooks.endpoints = ['http://127.0.0.1:9/hooks/%3Cb%3E?token=t0ken'];
    const { paymentId } = await client().payment();
    sandbox.faults.next('webhook orders.paid', 'webhook-reordered');
    sandbox.completePayment(paymentId, 'approve');
    await webhooks.settled();
    const { text } = await client().get('/', { key: null });
    for (const shown of ['payment.success', 'no answer (connection)', '1 attempt', 'held back']) {
      expect(text).toContain(shown);
    }
    expect(text).toContain('http://127.0.0.1:9/hooks/%3Cb%3E');
    expect(text).not.toContain('t0ken');
  });

  it('escapes the names of events', async () => {
    const { webhooks } = client().sandbox;
    webhooks.endpoints = ['http://127.0.0.1:9/'];
    webhooks.emit('<script>', '"x"', {}, { allowUnknown: true });
    await webhooks.settled();
    const { text } = await client().get('/', { key: null });
    expect(text).toContain('&#60;script&#62;.&#34;x&#34;');
    expect(text).not.toContain('<script>');
  });

  it('hands out neither keys nor 3DS tokens', async () => {
    const { page } = await client().payment();
    const { text } = await client().get('/', { key: null });
    expect(text).not.toContain(client().sandbox.secretKey);
    expect(text).not.toContain(client().sandbox.webhookSecret);
    expect(text).not.toContain(String(new URL(page).searchParams.get('authToken')));
  });

  it('shows the newest fifty of many', async () => {
    for (let count = 0; count < 52; count += 1) await client().order();
    expect((await client().get('/', { key: null })).text).toContain('newest 50 of 52');
  });
});
