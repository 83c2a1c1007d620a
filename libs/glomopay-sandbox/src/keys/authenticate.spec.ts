import { describe, expect, it } from '@jest/globals';
import { useSandbox } from '../../test/client.js';

const client = useSandbox();
const refused = { error: 'Unauthorized', message: 'Auth token expired or invalid' };

describe('authentication', () => {
  it('answers "Missing token" when there is no token', async () => {
    for (const headers of [{}, { authorization: '' }, { authorization: 'Bearer ' }]) {
      const answer = await client().get('/api/v1/orders', { key: null, headers });
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ error: 'Unauthorized', message: 'Missing token' });
    }
  });

  it.each(['Bearer nonsense', 'Basic Zm9vOmJhcg==', 'Bearer a b'])('refuses %j', async (value) => {
    const answer = await client().get('/api/v1/orders', {
      key: null,
      headers: { authorization: value },
    });
    expect([answer.status, answer.json]).toEqual([401, refused]);
  });

  it('refuses the secret key without the Bearer scheme', async () => {
    const { secretKey } = client().sandbox;
    const headers = { authorization: secretKey };
    const answer = await client().get('/api/v1/orders', { key: null, headers });
    expect(answer.status).toBe(401);
  });

  it.each(['test_6889e287VfqrPVPg', 'live_6889e287VfqrPVPg', 'mock_123456'])(
    'refuses the publishable key %s with a message alone',
    async (key) => {
      const answer = await client().get('/api/v1/orders', { key });
      expect([answer.status, answer.json]).toEqual([401, { message: refused.message }]);
    },
  );

  it('comes before the body is read', async () => {
    const answer = await client().post('/api/v1/payments', null, { key: 'x', raw: '{"cvv":' });
    expect([answer.status, answer.json]).toEqual([401, refused]);
  });
});
