import { describe, expect, it } from '@jest/globals';
import { holdsCardNumber } from './full-card-number.js';

describe('holdsCardNumber', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4222222222222',
    '5555555555554444',
    '2223003122003222',
    '378282246310005',
    '30569309025904',
    '3530111333300000',
    '6011111111111117',
    '6200000000000005',
    'paid by 4111111111111111, thank you',
    '4111\u00A01111\u00A01111\u00A01111',
    '4111\u20131111\u20131111\u20131111',
    '4111\u200B1111\u200B1111\u200B1111',
    '4111\t1111\t1111\t1111',
    '\uFF14\uFF11\uFF11\uFF11 1111 1111 1111',
  ])('sees one in %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ['a check digit that is wrong', '4111111111111112'],
    ['a beginning of no network', '1234567812345670'],
    ['a length of no such network', '41111111111111113'],
    ['digits that are part of a longer run', '94111111111111111000000'],
    ['half of one', '41111111 and 11111111'],
    ['an amount', '100000'],
    ['a moment in milliseconds', '1764403200000'],
    ['a UUID', '41111111-1111-4111-8111-111111111111'],
    ['nothing', ''],
  ])('sees none in %s', (_, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });
});
