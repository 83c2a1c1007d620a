import { describe, expect, it } from '@jest/globals';
import { looksSecret } from './secret-like.js';

describe('looksSecret', () => {
  it.each([
    'card 4111111111111111 was charged twice',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111 \n 1111\t1111  1111',
    '4111\u00A01111\u20131111\u200B1111',
    '\uFF14\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11',
    '4111/1111/1111/1111',
    'x4111111111111111y',
    'his cvv is 123',
    'Security code: 1234',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0',
  ])('sees what must not be kept in %j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  it.each([
    'the bank confirmed it by telephone on 2026-11-29 07:27:10',
    'refunded 1,450.00 USD, ticket 4711-0815',
    'payt_6601ab12cd, card ending in 1111',
    'error code 503 until 12:30',
    'cidade do Porto, 2 calls',
  ])('lets a note be: %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});
