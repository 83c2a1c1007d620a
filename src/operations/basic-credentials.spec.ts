import { describe, expect, it } from '@jest/globals';
import { nameOf, passwordOf } from './basic-credentials.js';

const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('passwordOf', () => {
  it.each([
    ['Basic', 'anna:secret', 'secret'],
    ['basic', ':secret', 'secret'],
    ['Basic', 'anna:se:cr:et', 'se:cr:et'],
    ['Basic', 'anna:pässwörd', 'pässwörd'],
    ['Basic', 'anna:', ''],
  ])('reads what follows the first colon: %s %s', (scheme, credentials, password) => {
    expect(passwordOf(`${scheme} ${encoded(credentials)}`)).toBe(password);
  });

  it.each([
    '',
    'Basic',
    'Basic ',
    `Bearer ${encoded('anna:secret')}`,
    `Basic ${encoded('no colon')}`,
    'Basic anna:secret',
    `Basic ${encoded('anna:secret')} trailing`,
    `Basic ${'A'.repeat(5000)}`,
  ])('reads nothing from "%s"', (authorization) => {
    expect(passwordOf(authorization)).toBeUndefined();
  });
});

describe('nameOf', () => {
  it('reads what stands before the first colon', () => {
    expect(nameOf(`Basic ${encoded('åsa:se:cr:et')}`)).toBe('åsa');
    expect(nameOf(`Basic ${encoded(':secret')}`)).toBe('');
    expect(nameOf('Bearer abc')).toBeUndefined();
  });
});
