import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox();
const rotate = (body: object) => client().post('/api/v1/api-keys/rotate', body);

describe('POST /api-keys/rotate', () => {
  it('gives a new key, and lets the old one live as long as it says', async () => {
    const { sandbox } = client();
    const old = sandbox.secretKey;
    const { status, json } = await rotate({ expire_after_in_seconds: 60 });
    expect(status).toBe(200);
    expect(json).toEqual({
      secret_key: sandbox.secretKey,
      previous_key_expires_at: expect.stringMatching(/Z$/),
    });
    expect(sandbox.secretKey).not.toBe(old);
    const withOld = () => client().get('/api/v1/balances', { key: old });
    expect((await withOld()).status).toBe(200);
    await sandbox.clock.advance(60_000);
    expect((await withOld()).status).toBe(401);
    expect((await client().get('/api/v1/balances')).status).toBe(200);
    expect(Date.parse(read(json, 'previous_key_expires_at'))).toBeLessThanOrEqual(
      sandbox.clock.now(),
    );
  });

  it('ends the old key at once with 0', async () => {
    const old = client().sandbox.secretKey;
    await rotate({ expire_after_in_seconds: 0 });
    expect((await client().get('/api/v1/balances', { key: old })).status).toBe(401);
  });

  it.each([
    ["Expire after in seconds can't be blank", {}],
    ['Expire after in seconds must be an integer', { expire_after_in_seconds: '60' }],
    ['Expire after in seconds must be an integer', { expire_after_in_seconds: 1.5 }],
    ['Expire after in seconds must be between 0 and 604800', { expire_after_in_seconds: -1 }],
    ['Expire after in seconds must be between 0 and 604800', { expire_after_in_seconds: 604_801 }],
    ['Request contains an unknown field', { expire_after_in_seconds: 0, x: 1 }],
  ])('is refused with "%s"', async (message, body) => {
    const { sandbox } = client();
    const old = sandbox.secretKey;
    expect((await rotate(body)).json).toEqual(badRequest(`Validation failed: ${message}`));
    expect(sandbox.secretKey).toBe(old);
  });
});
