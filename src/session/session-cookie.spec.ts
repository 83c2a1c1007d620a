import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { ShopRequest } from '../http/shop-request.js';
import { readSession, startSession } from './session-cookie.js';

const token = 'a'.repeat(43);

function aRequest(cookie?: string): ShopRequest {
  const request = new IncomingMessage(new Socket());
  return Object.assign(request, { originalUrl: '/', headers: cookie ? { cookie } : {} });
}

describe('readSession', () => {
  it('finds the session that was started', () => {
    const response = new ServerResponse(aRequest());
    const session = startSession(response, false);
    const [cookie = ''] = String(response.getHeader('set-cookie')).split(';');
    expect(readSession(aRequest(`theme=dark; ${cookie}`))).toBe(session);
  });

  it('keeps a hash, not the token of the cookie', () => {
    expect(readSession(aRequest(`shop_session=${token}`))).toMatch(/^[\w-]{43}$/);
    expect(readSession(aRequest(`shop_session=${token}`))).not.toBe(token);
  });

  it.each([
    ['none', undefined],
    ['an empty one', 'shop_session='],
    ['a short one', 'shop_session=abc'],
    ['one with other characters', `shop_session=${'a'.repeat(42)}%`],
    ['two of them', `shop_session=${token}; shop_session=${'b'.repeat(43)}`],
    ['one of each name', `shop_session=${token}; __Host-shop_session=${'b'.repeat(43)}`],
    ['one of another name', `my_shop_session=${token}`],
  ])('gives no session for %s', (_, cookie) => {
    expect(readSession(aRequest(cookie))).toBeUndefined();
  });
});
