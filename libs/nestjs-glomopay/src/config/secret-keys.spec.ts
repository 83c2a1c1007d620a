import { describe, expect, it } from '@jest/globals';
import { isPlaceholder } from './placeholders.js';
import { environmentOf, isPublishableKey, readKeys, weaknessOf } from './secret-keys.js';

const many = (count: number) => Array.from({ length: count }, (_, n) => `key-${n}`);
const encoded = (text: string) => Buffer.from(text).toString('base64url');
const keyWith = (claims: string) => `${encoded('{"alg":"RS256"}')}.${encoded(claims)}.c2ln`;

describe('readKeys', () => {
  it.each<[string, unknown, string[]]>([
    ['one text', 'alpha', ['alpha']],
    ['a list', ['alpha', 'bravo'], ['alpha', 'bravo']],
    ['spaces, tabs and line ends around a key', [' alpha\r\n', '\tbravo '], ['alpha', 'bravo']],
    ['a byte order mark before it', '\uFEFFalpha', ['alpha']],
    ['empty keys among others', ['', 'alpha', '  ', '\n'], ['alpha']],
    ['the same key twice', ['alpha', ' alpha'], ['alpha']],
    ['as many as may be', many(32), many(32)],
    ['a frozen list', Object.freeze(['alpha']), ['alpha']],
  ])('reads %s', (_, value, keys) => {
    expect(readKeys('secretKey', value)).toEqual({ keys });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['blanks', ' \t\r\n'],
    ['an empty list', []],
    ['a list of empty texts', ['', ' ']],
    ['a list of lists', [['alpha']]],
    ['a number', 42],
    ['a number in a list', ['alpha', 42]],
    ['undefined in a list', ['alpha', undefined]],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in a list', ['alpha', , 'bravo']],
    ['only holes', Array(3)],
    ['the lines of what is no list of keys', many(33)],
    ['a Buffer', Buffer.from('alpha')],
    ['a String object', new String('alpha')],
    ['an object that prints like a key', { toString: () => 'alpha' }],
    ['a function', () => 'alpha'],
    ['a line break inside', 'alpha\r\nx-injected: 1'],
    ['a NUL behind, which HMAC cannot see', 'alpha\0'],
    ['a space inside', 'alpha bravo'],
    ['a header scheme before it', 'Bearer alpha'],
    ['a zero-width space', 'al\u200bpha'],
    ['a letter outside ASCII', 'alphä'],
    ['DEL', 'alpha\u007f'],
    ['one bad key among good ones', ['alpha', 'bra\nvo']],
    ['what a template makes of undefined', `${undefined}`],
    ['what a template makes of null', ['alpha', `${null}`]],
    ['what a template makes of an object', `${{}}`],
  ])('refuses %s', (_, value) => {
    expect(readKeys('secretKey', value)).toEqual({
      fault: expect.stringMatching(/^secretKey must (?:not )?(?:be|hold) /),
    });
  });
});

describe('weaknessOf', () => {
  it.each(['"alpha-key"', "'alpha-key'", '`alpha-key`'])(
    'refuses %s, which is in quotes',
    (key) => {
      expect(weaknessOf('secretKey', ['bravo-key', key], 8)).toMatch(
        /^secretKey must not be in quotes/,
      );
    },
  );

  it('refuses a key that is too short, alone or among others', () => {
    const fault = 'secretKey must hold keys of at least 8 characters';
    expect(weaknessOf('secretKey', ['abc'], 8)).toBe(fault);
    expect(weaknessOf('secretKey', ['alpha-key', 'seven77'], 8)).toBe(fault);
    expect(weaknessOf('secretKey', ['alpha-ke'], 8)).toBeUndefined();
  });

  it.each([
    'whsec_2f1c9b7a4d6e8031',
    'YOUR_SECRET_KEY',
    '<YOUR_JWT_HERE>',
    '<NEW_JWT>',
    'your_webhook_secret',
    'your-api-key',
    'yourSecretKey',
    'whsec_YOUR_SECRET',
    'sk_your_secret_key_here',
    'xxx',
    'xxxxxxxxxxxxxxxxxxxx',
    'whsec_xxxxxxxxxxxxxxxx',
    'XXXXXXXX',
    '****************',
    '0000000000000000',
    'aaaaaaaaaaaaaaaaaaaa',
    'changeme',
    'change-me',
    'CHANGE_ME',
    'change_this_in_production',
    'replace-with-your-secret',
    'insert_key_here',
    'paste-the-secret-here',
    '${GLOMOPAY_SECRET_KEY}',
    '{{glomopaySecretKey}}',
    '$GLOMOPAY_SECRET_KEY',
    '%GLOMOPAY_SECRET_KEY%',
    '[secret]',
    'secret',
    'webhook_secret',
    'api-key',
    'whsec_secret',
    'example',
    'placeholder',
    'secret_placeholder',
    'WHSEC_2F1C9B7A4D6E8031',
    'YOURSECRETKEY',
    'YourApiKey',
    'your.jwt.here',
    'GLOMOPAY_SECRET_KEY',
    'GLOMOPAY_WEBHOOK_SECRET',
    'glomopay_emea_secret_key',
    '#{secretKey}',
    '@SECRET_KEY@',
    '__SECRET_KEY__',
    'eyJhbGciOiJSUzI1NiJ9...',
    'header.payload.signature',
    'xxxxx.yyyyy.zzzzz',
    '0000-0000-0000-0000',
    'secret_goes_here_1',
    'secret-from-the-dashboard',
    'example-secret-key',
    'sample_webhook_secret',
  ])('refuses %s, which stands where a secret belongs', (key) => {
    expect(weaknessOf('webhookSecret', ['alpha-key', key], 3)).toMatch(
      /^webhookSecret must not hold a placeholder or a published example/,
    );
  });
});

describe('isPlaceholder', () => {
  it.each([
    'secret-alpha-1f0c2e',
    'glomopay-testing-secret-key',
    'glomopay-testing-webhook-secret',
    'the-key-of-the-host',
    'a-secret-key',
    'whsec_9b1c6e0f4a7d2358',
    'whsec_2f1c9b7a4d6e8032',
    'correct-horse-battery-staple',
    'head.body.tail',
    'rand_here_3948fjvnq0x',
    'xK9-your8fj3nvkq-29fj',
    'sample9f3b7c1d5e2a8046',
    '__9f3b7c1d5e2a8046',
    'eyJhbGciOiJSUzI1NiJ9.eyJlbnYiOiJzYW5kYm94In0.c2lnbmF0dXJl',
    'Zm9vYmFyYmF6cXV4eXh4eHg=',
    '550e8400-e29b-41d4-a716-446655440000',
  ])('takes %s for a secret', (key) => {
    expect(isPlaceholder(key)).toBe(false);
  });

  it.each(['todo', 'tbd', 'placeholder', 'your'])(
    'takes a token for a secret in whose signature %s stands by chance',
    (word) => {
      const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
      const signature = `Qw7_${word}-${'k3Zr9xV1mP0sLd8tYh2u'.repeat(2)}`;
      const key = `${part({ alg: 'HS256' })}.${part({ env: 'sandbox' })}.${signature}`;
      expect(isPlaceholder(key)).toBe(false);
      expect(isPlaceholder(`${part({ alg: 'HS256' })}.${word}.${signature}`)).toBe(true);
    },
  );
});

describe('isPublishableKey', () => {
  it.each(['test_6889e287VfqrPVPg', 'live_6889e287VfqrPVPg', 'mock_123456', 'test_'])(
    'knows %s',
    (key) => expect(isPublishableKey(key)).toBe(true),
  );

  it.each(['eyJhbGciOiJSUzI1NiJ9.e30.c2ln', 'sk_test_1', 'testing', 'latest_1', ''])(
    'does not take %j for one',
    (key) => expect(isPublishableKey(key)).toBe(false),
  );
});

describe('environmentOf', () => {
  it.each(['sandbox', 'production'])('reads the claim %s', (env) => {
    expect(environmentOf(keyWith(JSON.stringify({ sub: 'a', env })))).toBe(env);
  });

  it.each([
    ['a key that is no JWT', 'secret-alpha-1f0c2e'],
    ['two parts that are no JSON', 'a.b'],
    ['only dots', '...'],
    ['an empty payload', 'a..c'],
    ['JSON that is cut off', keyWith('{"env":"sandbox"')],
    ['JSON that is a number', keyWith('1')],
    ['JSON null', keyWith('null')],
    ['a JSON text', keyWith('"sandbox"')],
    ['a list', keyWith('["sandbox"]')],
    ['no claim', keyWith('{}')],
    ['a claim that is no text', keyWith('{"env":["sandbox"]}')],
    ['a claim of another spelling', keyWith('{"env":"Sandbox"}')],
    ['an unknown claim', keyWith('{"env":"staging"}')],
    ['a claim by the prototype', keyWith('{"__proto__":{"env":"sandbox"}}')],
    ['bytes that are no UTF-8', `a.${Buffer.from([0xff, 0xfe]).toString('base64url')}.c`],
    ['deeply nested JSON', keyWith('['.repeat(20_000))],
  ])('does not know, and does not throw, for %s', (_, key) => {
    expect(environmentOf(key)).toBeUndefined();
  });
});
