import { describe, expect, it } from '@jest/globals';
import { read, useSandbox } from '../test/client.js';

describe('The table of resources', () => {
  const client = useSandbox();

  it.each([
    ['customers', '/api/v1/customer'],
    ['orders', '/api/v1/orders'],
    ['payments', '/api/v1/payments'],
    ['payments', '/api/v1/payment'],
    ['refunds', '/api/v1/refunds'],
  ] as const)('gives %s a view, and list and get at %s', async (name, path) => {
    await client().refund(await client().paid());
    const view = client().sandbox[name];
    const [newest] = view.list();
    const listed = await client().get(path);
    expect(read(listed.json, 'data', '0', 'id')).toBe(newest?.id);
    expect(view.get(newest?.id ?? '')).toEqual(newest);
    expect((await client().get(`${path}/${newest?.id}`)).json).toEqual(newest);
    expect((await client().get(`${path}/merch_1`)).status).toBe(400);
    expect(view.get('merch_1')).toBeUndefined();
  });

  it.each([
    ['orders', 'customer_id', 'cust'],
    ['payin', 'customer_id', 'cust'],
    ['payments', 'customer_id', 'cust'],
    ['payments', 'payin_id', 'plink'],
    ['payments', 'payin_id', 'order'],
    ['payments', 'payin_id', 'addfunds'],
    ['payments', 'subscription_id', 'sub'],
    ['subscriptions', 'customer_id', 'cust'],
    ['refunds', 'customer_id', 'cust'],
    ['refunds', 'payment_id', 'payt'],
    ['payouts', 'beneficiary_id', 'bene'],
  ])('refuses a list of %s by a %s that does not begin with %s_', async (path, filter, prefix) => {
    const filtered = (id: string) => client().get(`/api/v1/${path}?${filter}=${id}`);
    expect((await filtered(`${prefix}_6889e287Vfq`)).status).toBe(200);
    for (const id of ['merch_6889e287Vfq', `x${prefix}_6889e287Vfq`, '']) {
      expect((await filtered(id)).status).toBe(400);
    }
  });

  it('refuses a query that a call does not know, also of the banks', async () => {
    client().sandbox.account.lrs = { banks: ['hdfc'] };
    for (const path of ['orders', 'balances', 'lrs/banks']) {
      expect((await client().get(`/api/v1/${path}`)).status).toBe(200);
      expect((await client().get(`/api/v1/${path}?no_such=1`)).status).toBe(400);
    }
  });
});
