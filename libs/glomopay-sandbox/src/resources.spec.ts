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
});
