import https from 'node:https';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { reveal } from '../values/secret.js';
import type { GlomopayModuleOptions } from './glomopay-options.js';
import { configOfTexts } from './resolve-config.js';
import { SealedOptions } from './sealed-options.js';

const KEY = 'secret-alpha-1f0c2e';

const resolved = (options: unknown) =>
  configOfTexts(new SealedOptions(options as GlomopayModuleOptions));

function faultsOf(options: unknown): readonly string[] {
  try {
    resolved(options);
    return [];
  } catch (thrown) {
    if (thrown instanceof GlomopayConfigurationError) return thrown.faults;
    throw thrown;
  }
}

/** A key in the gateway's form. */
function aKey(env: string, more = ''): string {
  const payload = Buffer.from(JSON.stringify({ sub: 'acc', env })).toString('base64url');
  return `eyJhbGciOiJSUzI1NiJ9.${payload}.c2lnbmF0dXJl${more}`;
}

describe('resolveConfig', () => {
  it('fills in every default', () => {
    const { secretKeys, ...config } = resolved({ secretKey: KEY });
    expect(secretKeys.active().map(reveal)).toEqual([KEY]);
    expect(config).toEqual({
      webhookSecrets: undefined,
      callbackUrl: undefined,
      environment: undefined,
      baseUrl: 'https://api.glomopay.com',
      paymentsPath: '/api/v1/payments',
      rateLimit: 3_000,
      timeoutMs: 30_000,
      deadlineMs: 90_000,
      retry: { maxAttempts: 3, baseDelayMs: 250, maxDelayMs: 5_000 },
      polling: { intervalMs: 5_000, timeoutMs: 900_000 },
      http: { httpsAgent: undefined, httpAgent: undefined },
      doctor: false,
      warnings: [],
    });
  });

  it('keeps the keys in the order given: the first signs', () => {
    const { secretKeys } = resolved({ secretKey: ['', ' bravo-key ', 'alpha-key', 'bravo-key'] });
    expect(secretKeys.active().map(reveal)).toEqual(['bravo-key', 'alpha-key']);
  });

  it('takes an instance of a class whose options are getters', () => {
    class Options {
      get secretKey() {
        return KEY;
      }
      get environment() {
        return 'sandbox';
      }
    }
    expect(resolved(new Options()).environment).toBe('sandbox');
  });

  it('reads each option once, so that a getter cannot change its mind', () => {
    const reads: string[] = [];
    const options = new Proxy(
      { secretKey: KEY, baseUrl: 'https://one.example', http: {} },
      {
        get(target, name) {
          reads.push(String(name));
          return Reflect.get(target, name);
        },
      },
    );
    resolved(options);
    expect(reads.toSorted()).toEqual([...new Set(reads)].toSorted());
  });

  it.each(['sandbox', 'production'])('knows the %s by the key alone', (env) => {
    expect(resolved({ secretKey: aKey(env) }).environment).toBe(env);
    expect(resolved({ secretKey: aKey(env), environment: env }).environment).toBe(env);
  });

  it('takes a key whose claim cannot be read in any environment', () => {
    expect(resolved({ secretKey: 'head.body.tail', environment: 'production' }).environment).toBe(
      'production',
    );
  });

  it('cuts the base URL to its origin', () => {
    expect(resolved({ secretKey: KEY, baseUrl: 'https://api.example/' }).baseUrl).toBe(
      'https://api.example',
    );
    expect(resolved({ secretKey: KEY, baseUrl: 'http://[::1]:4010' }).baseUrl).toBe(
      'http://[::1]:4010',
    );
  });

  it('warns when the webhook secret is an API key', () => {
    expect(
      resolved({ secretKey: ['another-key', KEY], webhookSecret: ` ${KEY}` }).warnings,
    ).toEqual([expect.stringContaining('webhookSecret equals an API key')]);
    expect(resolved({ secretKey: KEY, webhookSecret: 'whsec_1f0c2e9d77b1' }).warnings).toEqual([]);
  });

  const limits: readonly [string, number, number][] = [
    ['timeoutMs', 1, 600_000],
    ['deadlineMs', 1, 3_600_000],
    ['retry.maxAttempts', 1, 3],
    ['retry.baseDelayMs', 1, 10_000],
    ['retry.maxDelayMs', 1, 60_000],
    ['polling.intervalMs', 1_000, 30_000],
    ['polling.timeoutMs', 1, 86_400_000],
  ];
  it.each(limits)('bounds %s to %d and %d', (option, lowest, highest) => {
    const [group = '', member] = option.split('.');
    const given = (value: unknown) => ({
      secretKey: KEY,
      [group]: member === undefined ? value : { [member]: value },
    });
    expect(faultsOf(given(lowest))).toEqual([]);
    expect(faultsOf(given(highest))).toEqual([]);
    expect(faultsOf(given(undefined))).toEqual([]);
    const bad = [lowest - 1, highest + 1, NaN, Infinity, -1, 1.5, '5', '', null, true, 5n, [5]];
    for (const value of bad) {
      expect(faultsOf(given(value))).toEqual([
        `${option} must be a whole number from ${lowest} to ${highest}`,
      ]);
    }
  });

  const hostile: readonly [string, string, unknown][] = [
    ['the options', 'the options', undefined],
    ['the options', 'the options', null],
    ['the options', 'the options', [KEY]],
    ['the options', 'the options', KEY],
    ['an unknown option', 'the module', { secretKey: KEY, secretkey: 'c4n4ry' }],
    ['an unknown option named by a key', 'the module', { secretKey: KEY, c4n4ry: true }],
    ['an unknown retry option', 'retry', { secretKey: KEY, retry: { attempts: 2 } }],
    ['an unknown polling option', 'polling', { secretKey: KEY, polling: { c4n4ry: 2 } }],
    ['an unknown http option', 'http', { secretKey: KEY, http: { rejectUnauthorized: false } }],
    ['a group that is a list', 'retry', { secretKey: KEY, retry: [3] }],
    ['a group that is a number', 'polling', { secretKey: KEY, polling: 3 }],
    ['a group that is null', 'http', { secretKey: KEY, http: null }],
    ['a publishable key', 'secretKey', { secretKey: 'test_c4n4ry' }],
    ['a padded publishable key', 'secretKey', { secretKey: [KEY, ' live_c4n4ry\n'] }],
    ['a mock key', 'secretKey', { secretKey: 'mock_c4n4ry' }],
    ['keys of two environments', 'secretKey', { secretKey: [aKey('sandbox'), aKey('production')] }],
    [
      'a key of the other environment',
      'secretKey',
      { secretKey: aKey('sandbox', 'c4n4ry'), environment: 'production' },
    ],
    ['a placeholder', 'secretKey', { secretKey: 'YOUR_SECRET_KEY' }],
    ['a key of three characters', 'secretKey', { secretKey: 'abc' }],
    ['a key in quotes', 'secretKey', { secretKey: '"c4n4ry-key"' }],
    [
      'a short webhook secret',
      'webhookSecret',
      { secretKey: KEY, webhookSecret: 'c4n4ry-15-chars' },
    ],
    [
      'the published webhook secret',
      'webhookSecret',
      { secretKey: KEY, webhookSecret: 'whsec_2f1c9b7a4d6e8031' },
    ],
    ['a key with a line break', 'secretKey', { secretKey: 'c4n4ry\r\nx: y' }],
    ['no key', 'secretKey', {}],
    ['an empty webhook secret', 'webhookSecret', { secretKey: KEY, webhookSecret: ' ' }],
    ['a webhook secret of null', 'webhookSecret', { secretKey: KEY, webhookSecret: null }],
    ['webhook secrets none', 'webhookSecret', { secretKey: KEY, webhookSecret: [] }],
    ['an unknown environment', 'environment', { secretKey: KEY, environment: 'c4n4ry' }],
    ['an environment of null', 'environment', { secretKey: KEY, environment: null }],
    ['a payments path', 'paymentsPath', { secretKey: KEY, paymentsPath: '/api/v1/c4n4ry' }],
    ['a base URL of null', 'baseUrl', { secretKey: KEY, baseUrl: null }],
    ['an empty base URL', 'baseUrl', { secretKey: KEY, baseUrl: '' }],
    ['a base URL with a path', 'baseUrl', { secretKey: KEY, baseUrl: 'https://a.example/c4n4ry' }],
    ['a base URL with a query', 'baseUrl', { secretKey: KEY, baseUrl: 'https://a.example?c4n4ry' }],
    ['a base URL with a hash', 'baseUrl', { secretKey: KEY, baseUrl: 'https://a.example#c4n4ry' }],
    ['user info', 'baseUrl', { secretKey: KEY, baseUrl: 'https://u:c4n4ry@a.example' }],
    ['plain http', 'baseUrl', { secretKey: KEY, baseUrl: 'http://c4n4ry.example' }],
    ['http in disguise', 'baseUrl', { secretKey: KEY, baseUrl: 'http://localhost@c4n4ry.example' }],
    ['a URL object', 'baseUrl', { secretKey: KEY, baseUrl: new URL('https://c4n4ry.example') }],
    ['a callback path', 'callbackUrl', { secretKey: KEY, callbackUrl: '/c4n4ry' }],
    ['a callback script', 'callbackUrl', { secretKey: KEY, callbackUrl: 'javascript:c4n4ry' }],
    ['no callback', 'callbackUrl', { secretKey: KEY, callbackUrl: '' }],
    ['a null callback', 'callbackUrl', { secretKey: KEY, callbackUrl: null }],
    [
      'a callback hash',
      'callbackUrl',
      { secretKey: KEY, callbackUrl: 'https://a.example/#c4n4ry' },
    ],
    ['an empty hash', 'callbackUrl', { secretKey: KEY, callbackUrl: 'https://a.example/c4n4ry#' }],
    [
      'a weak agent',
      'http.httpsAgent',
      { secretKey: KEY, http: { httpsAgent: new https.Agent({ rejectUnauthorized: false }) } },
    ],
    ['a text for an agent', 'http.httpAgent', { secretKey: KEY, http: { httpAgent: 'c4n4ry' } }],
    ['options for an agent', 'http.httpAgent', { secretKey: KEY, http: { httpAgent: {} } }],
    ['options for an agent', 'http.httpsAgent', { secretKey: KEY, http: { httpsAgent: {} } }],
    ['a null agent', 'http.httpsAgent', { secretKey: KEY, http: { httpsAgent: null } }],
  ];
  it.each(hostile)('refuses %s, and blames %s alone', (_, option, options) => {
    expect(faultsOf(options)).toEqual([expect.stringMatching(new RegExp(`^${option} `))]);
  });

  it('names an option that cannot be read, and nothing of what its getter threw', () => {
    const options = {
      secretKey: KEY,
      get baseUrl(): string {
        throw new Error('c4n4ry');
      },
    };
    expect(faultsOf(options)).toEqual(['baseUrl cannot be read']);
  });

  it('lists every fault at once', () => {
    const faults = faultsOf({
      secretKey: ['test_c4n4ry', aKey('sandbox'), aKey('production')],
      webhookSecret: '',
      callbackUrl: 'http://c4n4ry.example',
      environment: 'c4n4ry',
      baseUrl: 'ftp://c4n4ry',
      paymentsPath: 'c4n4ry',
      timeoutMs: 'c4n4ry',
      deadlineMs: -739_739,
      retry: { maxAttempts: 739_739, c4n4ry: 1 },
      polling: 'c4n4ry',
      http: { httpsAgent: 'c4n4ry', httpAgent: 'c4n4ry' },
      c4n4ry: 'c4n4ry',
    });
    expect(faults.map((fault) => fault.split(' ', 1)[0])).toEqual([
      'the',
      'environment',
      'secretKey',
      'secretKey',
      'webhookSecret',
      'retry',
      'polling',
      'callbackUrl',
      'baseUrl',
      'paymentsPath',
      'timeoutMs',
      'deadlineMs',
      'retry.maxAttempts',
      'http.httpsAgent',
      'http.httpAgent',
    ]);
  });

  it.each(hostile)('shows nothing of any value when it refuses %s', (_, __, options) => {
    let thrown: unknown;
    try {
      resolved(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(GlomopayConfigurationError);
    const printed = [
      String(thrown),
      inspect(thrown, { depth: 10, showHidden: true }),
      JSON.stringify(thrown),
      thrown instanceof Error ? String(thrown.stack) : '',
    ].join('\n');
    for (const value of ['c4n4ry', KEY, KEY.slice(0, 8), 'eyJ', 'c2lnbmF0', 'evil']) {
      expect(printed).not.toContain(value);
    }
  });

  it('says the same about keys of any length', () => {
    const messages = [1, 10, 100, 1_000, 10_000].map((length) =>
      faultsOf({ secretKey: `test_${'x'.repeat(length)}` }).join(),
    );
    expect(new Set(messages).size).toBe(1);
  });

  it('gives a config in which no key can be seen', () => {
    const config = resolved({
      secretKey: [KEY, 'bravo-key'],
      webhookSecret: 'whsec_c4n4ry_1f0c2e',
    });
    const printed = [
      inspect(config, { depth: 10, showHidden: true, getters: true }),
      inspect(config, { depth: 10, customInspect: false, showHidden: true }),
      JSON.stringify(config),
      JSON.stringify(structuredClone(config.secretKeys)),
      `${config.secretKeys.active().join()}`,
      JSON.stringify(Object.entries(config)),
    ].join('\n');
    for (const key of [KEY, 'bravo-key', 'c4n4ry']) expect(printed).not.toContain(key);
  });
});
