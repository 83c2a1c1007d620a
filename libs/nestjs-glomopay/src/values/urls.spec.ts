import { describe, expect, it } from '@jest/globals';
import { isCallbackUrl, isLoopback, safeUrl } from './urls.js';

describe('safeUrl', () => {
  it.each([
    'https://api.glomopay.com',
    'https://shop.example/payment/callback?ref=7',
    'https://shop.example:8443/',
    'https://xn--bcher-kva.example/',
    'http://localhost:4010',
    'http://127.0.0.1:4010',
    'http://127.8.9.10',
    'http://[::1]:4010',
  ])('takes %s', (url) => {
    expect(safeUrl(url)?.href).toBe(new URL(url).href);
  });

  it.each([
    '',
    '/path',
    '//evil.example',
    'https:',
    'https://',
    'https:/evil.example',
    'https:evil.example',
    'http://shop.example/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://169.254.169.254/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://evil.example/#localhost',
    'http://localhost@evil.example/',
    'https://user@shop.example/',
    'https://user:password@shop.example/',
    'https://:password@shop.example/',
    'https://shop.example\\@evil.example/',
    'https://shop.example\\.evil.example/',
    ' https://shop.example/',
    'https://shop.example/ ',
    'https://shop.example/a b',
    'https://shop.example/\r\nx: y',
    'https://shop\t.example/',
    'https://shop.example/\0',
    'https://shop.example:0x50/',
    'https://shop.example:65536/',
    'https://[::1/',
    'https://exa mple.com',
    'https://%00.example/',
    'javascript:alert(1)',
    'javascript://shop.example/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://shop.example/',
    'wss://shop.example/',
    'blob:https://shop.example/1',
  ])('refuses %j', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    0,
    {},
    [],
    ['https://shop.example/'],
    new URL('https://shop.example/'),
  ])('refuses %p, which is no text', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });
});

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.255.255.254', '[::1]'])('knows %s', (name) => {
    expect(isLoopback(name)).toBe(true);
  });

  it.each(['', 'localhost.', 'xlocalhost', '128.0.0.1', '127.0.0.1.example', '[::2]', '::1'])(
    'does not take %j for it',
    (name) => {
      expect(isLoopback(name)).toBe(false);
    },
  );
});

describe('isCallbackUrl', () => {
  it.each([
    'https://shop.example/back',
    'https://shop.example/back?tenant=7',
    'http://localhost:3000/back',
  ])('accepts %s', (url) => {
    expect(isCallbackUrl(url)).toBe(true);
  });

  it.each(['order_id', 'payment_id', 'status', 'signature', 'error'])(
    'refuses a URL that brings its own %s, which would make every callback a repeat',
    (name) => {
      expect(isCallbackUrl(`https://shop.example/back?${name}=1`)).toBe(false);
    },
  );

  it.each([
    'https://shop.example/back#',
    'https://shop.example/back#top',
    'http://shop.example/back',
  ])('refuses %s', (url) => {
    expect(isCallbackUrl(url)).toBe(false);
  });
});
