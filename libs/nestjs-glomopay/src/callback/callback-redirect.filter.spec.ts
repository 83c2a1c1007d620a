import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { CallbackRedirectFilter } from './callback-redirect.filter.js';

describe('CallbackRedirectFilter', () => {
  it.each([
    '/',
    '/payment/error',
    '/payment/error?from=callback#top',
    'https://shop.example/error',
    'http://localhost:3000/error',
    'http://127.0.0.1:3000/error',
    'http://[::1]:3000/error',
  ])('takes %j as its target', (target) => {
    expect(new CallbackRedirectFilter(target)).toBeInstanceOf(CallbackRedirectFilter);
  });

  it.each([
    '',
    'payment/error',
    './error',
    '?error',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/path\\..\\evil',
    '/error\r\nset-cookie: a=b',
    '/error\n',
    '/error page',
    '/fehler-ä',
    '/エラー',
    '/error\0',
    '/error\u2028',
    'javascript:alert(1)',
    'data:text/html,hello',
    'ftp://shop.example/',
    'http://shop.example/error',
    'HTTPS:shop.example',
    'https:shop.example',
    'https://',
    'https://user:password@shop.example/',
    'https://user@shop.example/',
    'https://shop.example\\@evil.example',
    'https://shop.example/\r\nset-cookie: a=b',
    ' https://shop.example/',
    'https://shop.example:99999/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
  ])('refuses %j', (target) => {
    expect(() => new CallbackRedirectFilter(target)).toThrow(GlomopayConfigurationError);
  });

  it.each([undefined, null, 7, ['/error'], {}])('refuses %p, which is no text', (target) => {
    expect(() => Reflect.construct(CallbackRedirectFilter, [target])).toThrow(
      GlomopayConfigurationError,
    );
  });

  it('does not repeat a target that it refuses', () => {
    expect(() => new CallbackRedirectFilter('https://user:passw0rd@shop.example')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('passw0rd') }),
    );
  });
});
