import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ManualClock } from '../../test/manual-clock.js';
import { KeyRing } from './key-ring.js';

const owner = { merchantId: 'merch_68c777fcOOMpl', environment: 'sandbox' } as const;

describe('KeyRing', () => {
  it('issues keys that look like the gateway’s: RS256 JWTs with sub and env', async () => {
    const keys = await KeyRing.create(owner, new ManualClock());
    expect(decodeProtectedHeader(keys.newest)).toMatchObject({ alg: 'RS256' });
    const claims = decodeJwt(keys.newest);
    expect(claims).toMatchObject({ sub: owner.merchantId, env: 'sandbox' });
    expect(claims.aud).toEqual(expect.any(String));
  });

  it('says production in the keys of a production merchant', async () => {
    const keys = await KeyRing.create({ ...owner, environment: 'production' }, new ManualClock());
    expect(decodeJwt(keys.newest)['env']).toBe('production');
  });

  it('keeps the old key active until its time is over, and not one millisecond longer', async () => {
    const clock = new ManualClock();
    const keys = await KeyRing.create(owner, clock);
    const old = keys.newest;
    const fresh = await keys.rotate(5_000);
    expect(keys.active()).toEqual([fresh, old]);
    clock.advance(4_999);
    expect(keys.isActive(old)).toBe(true);
    clock.advance(1);
    expect(keys.active()).toEqual([fresh]);
    expect(keys.isActive(old)).toBe(false);
  });

  it('revokes the old key at once when given no time', async () => {
    const keys = await KeyRing.create(owner, new ManualClock());
    const fresh = await keys.rotate(0);
    expect(keys.active()).toEqual([fresh]);
  });

  it('lists three active keys newest first', async () => {
    const keys = await KeyRing.create(owner, new ManualClock());
    const first = keys.newest;
    const second = await keys.rotate(60_000);
    const third = await keys.rotate(60_000);
    expect(keys.active()).toEqual([third, second, first]);
    expect(keys.older()).toBe(second);
  });

  it.each([-1, 604_800_001, Number.NaN, Infinity])('refuses to keep a key %p ms', async (time) => {
    const keys = await KeyRing.create(owner, new ManualClock());
    await expect(keys.rotate(time)).rejects.toThrow(RangeError);
  });
});
