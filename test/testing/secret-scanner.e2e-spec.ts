import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { SecretScanner } from 'nestjs-glomopay/testing';
import { canaries, cardOf, type Canary } from '../support/library/canaries.js';

describe.each(canaries)('the scanner for the card that ends in $cvv', (canary: Canary) => {
  const scanner = new SecretScanner(canary);
  const { number, cvv, holderName, key } = canary;
  const body = JSON.stringify({ card: cardOf(canary) });

  const planted: [string, string | Uint8Array][] = [
    ['verbatim', `refused ${number}.`],
    ['with spaces', number.replace(/(.{4})(?=.)/g, '$1 ')],
    ['with dashes', number.replace(/(.{4})(?=.)/g, '$1-')],
    ['with dots', number.replace(/(.{4})(?=.)/g, '$1.')],
    ['its first nine digits', number.slice(0, 9)],
    ['its last nine digits', number.slice(-9)],
    ['nine digits inside it', number.slice(3, 12)],
    ['hex', Buffer.from(number).toString('hex')],
    ['upper-case hex', Buffer.from(number).toString('hex').toUpperCase()],
    ['an inspected buffer', inspect(Buffer.from(number))],
    ['a JSON buffer', JSON.stringify(Buffer.from(number))],
    ['decimal codes with spaces', [...Buffer.from(number)].join(' ')],
    ['base64', Buffer.from(number).toString('base64')],
    ['base64, one further', Buffer.from(`{${number}`).toString('base64')],
    ['base64, two further', Buffer.from(`{"${number}"`).toString('base64')],
    ['base64url of a body', Buffer.from(body).toString('base64url')],
    ['percent-encoded', number.replace(/./g, (digit) => `%3${digit}`)],
    ['unicode escapes', number.replace(/./g, (digit) => `\\u003${digit}`)],
    ['hex escapes', number.replace(/./g, (digit) => `\\x3${digit}`)],
    ['UTF-16', Buffer.from(number, 'utf16le')],
    ['serialised by v8', serialize({ number })],
  ];

  it.each(planted)('finds the number %s', (_, text) => {
    expect(scanner.find(text).map(({ secret }) => secret)).toContain('number');
  });

  it.each([
    ['as a member', `{"cvv":"${cvv}"}`],
    ['as a number', `{"cvv":${cvv}}`],
    ['in words', `the cvv is wrong: cvv ${cvv}`],
    ['inspected', inspect({ x: cvv })],
    ['as codes', [...Buffer.from(cvv)].join(',')],
  ])('finds the security code %s', (_, text) => {
    expect(scanner.find(text)).toContainEqual({ secret: 'cvv', encoding: 'verbatim' });
  });

  it.each([
    ['verbatim', holderName],
    ['in capitals', holderName.toUpperCase()],
    ['base64', Buffer.from(`x${holderName}`).toString('base64')],
    ['percent', holderName.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)],
  ])('finds the name %s', (_, text) => {
    expect(scanner.find(text).map(({ secret }) => secret)).toContain('holderName');
  });

  it.each([
    ['in a header', `Authorization: Bearer ${key}`],
    ['without its first part', key.slice(key.indexOf('.') + 1)],
    ['its signature only', key.split('.')[2] ?? ''],
    ['base64', Buffer.from(key).toString('base64')],
    ['an inspected buffer', [...Buffer.from(key)].map((byte) => byte.toString(16)).join(' ')],
  ])('finds the key %s', (_, text) => {
    expect(scanner.find(text).map(({ secret }) => secret)).toContain('key');
  });

  it.each([
    ['nothing', ''],
    ['a masked card', `${number.slice(0, 6)}******${number.slice(-4)} cvv ***`],
    ['the ids and times of a payment', 'payt_691eeb9aV79Uk 2025-11-20T10:22:37.739Z 1763634157739'],
    ['a stack', 'at send (gateway-client.js:739:41)'],
  ])('finds nothing in %s', (_, text) => {
    expect(scanner.find(text)).toEqual([]);
  });
});
