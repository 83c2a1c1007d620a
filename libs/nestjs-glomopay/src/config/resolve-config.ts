import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Secret } from '../values/secret.js';
import { isAgent, tlsWeakness } from './agent-checks.js';
import type { GlomopayConfig } from './glomopay-config.js';
import type { GlomopayEnvironment } from './glomopay-options.js';
import { isCallbackUrl, safeUrl } from '../values/urls.js';
import { OptionChecks } from './option-checks.js';
import type { SealedOptions } from './sealed-options.js';
import { environmentOf, isPublishableKey, readKeys, weaknessOf } from './secret-keys.js';

const OPTIONS = [
  'secretKey',
  'webhookSecret',
  'callbackUrl',
  'environment',
  'baseUrl',
  'paymentsPath',
  'timeoutMs',
  'deadlineMs',
  'retry',
  'rateLimit',
  'polling',
  'http',
  'doctor',
];

const MINUTE_MS = 60_000;
/** The gateway's keys are JWTs of hundreds of characters; what is shorter than this is a slip. */
const SHORTEST_KEY = 8;
/** A merchant may choose the webhook secret; a shorter one could be found by trying. */
const SHORTEST_SECRET = 16;

/**
 * Checks the host's options and fills in the defaults.
 *
 * @throws {GlomopayConfigurationError} listing every fault at once, naming options and rules, never
 *   a value.
 */
export function resolveConfig(sealed: SealedOptions): GlomopayConfig {
  const options: unknown = sealed.open();
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new GlomopayConfigurationError(['the options must be an object']);
  }
  const checks = new OptionChecks();
  const read = (name: string): unknown => checks.read(options, name);
  checks.knownOnly('the module', options, OPTIONS);

  const declared = checks.oneOf<GlomopayEnvironment, undefined>(
    'environment',
    read('environment'),
    ['sandbox', 'production'],
    undefined,
  );
  const keys = secretKeys(checks, read('secretKey'), declared);
  const webhookSecrets = webhookKeys(checks, read('webhookSecret'));
  const retry = checks.group('retry', read('retry'), ['maxAttempts', 'baseDelayMs', 'maxDelayMs']);
  const polling = checks.group('polling', read('polling'), ['intervalMs', 'timeoutMs']);
  const http = checks.group('http', read('http'), ['httpsAgent', 'httpAgent']);
  const config = {
    webhookSecrets: webhookSecrets.map((key) => new Secret(key)),
    callbackUrl: callbackUrl(checks, read('callbackUrl')),
    environment: declared ?? keys.environment,
    baseUrl: baseUrl(checks, read('baseUrl')),
    paymentsPath: checks.oneOf(
      'paymentsPath',
      read('paymentsPath'),
      ['/api/v1/payments', '/api/v1/payment'],
      '/api/v1/payments',
    ),
    timeoutMs: checks.wholeNumber('timeoutMs', read('timeoutMs'), [1, 10 * MINUTE_MS], 30_000),
    deadlineMs: checks.wholeNumber('deadlineMs', read('deadlineMs'), [1, 60 * MINUTE_MS], 90_000),
    retry: {
      maxAttempts: checks.wholeNumber('retry.maxAttempts', retry['maxAttempts'], [1, 3], 3),
      baseDelayMs: checks.wholeNumber('retry.baseDelayMs', retry['baseDelayMs'], [1, 10_000], 250),
      maxDelayMs: checks.wholeNumber('retry.maxDelayMs', retry['maxDelayMs'], [1, 60_000], 5_000),
    },
    rateLimit: checks.wholeNumber('rateLimit', read('rateLimit'), [1, 3_000], 3_000),
    polling: {
      intervalMs: checks.wholeNumber(
        'polling.intervalMs',
        polling['intervalMs'],
        [1_000, 30_000],
        5_000,
      ),
      timeoutMs: checks.wholeNumber(
        'polling.timeoutMs',
        polling['timeoutMs'],
        [1, 24 * 60 * MINUTE_MS],
        15 * MINUTE_MS,
      ),
    },
    http: agents(checks, http),
    doctor: checks.flag('doctor', read('doctor')),
    warnings: keys.list.some((key) => webhookSecrets.includes(key))
      ? ['webhookSecret equals an API key; the dashboard gives webhooks a secret of their own']
      : [],
  };
  const [first, ...further] = keys.list.map((key) => new Secret(key));
  if (checks.faults.length > 0 || first === undefined) {
    throw new GlomopayConfigurationError(checks.faults);
  }
  return { ...config, secretKeys: [first, ...further] };
}

/** The active API keys: none publishable, all of one environment, and that the declared one. */
function secretKeys(
  checks: OptionChecks,
  value: unknown,
  declared: GlomopayEnvironment | undefined,
): { list: readonly string[]; environment: GlomopayEnvironment | undefined } {
  const keys = readKeys('secretKey', value);
  if ('fault' in keys) {
    checks.faults.push(keys.fault);
    return { list: [], environment: undefined };
  }
  const weakness = keys.keys.some((key) => isPublishableKey(key))
    ? 'secretKey must not be a publishable key (test_, live_, mock_); use the secret key of the dashboard'
    : weaknessOf('secretKey', keys.keys, SHORTEST_KEY);
  if (weakness !== undefined) checks.faults.push(weakness);
  const environments = new Set(keys.keys.map((key) => environmentOf(key)));
  environments.delete(undefined);
  if (environments.size > 1) {
    checks.faults.push('secretKey must hold keys of one environment (their env claims differ)');
  }
  const [environment] = environments;
  if (declared !== undefined && environment !== undefined && environment !== declared) {
    checks.faults.push(
      'secretKey must belong to the configured environment (its env claim differs)',
    );
  }
  return { list: keys.keys, environment };
}

/** The webhook secrets. Leaving the option out is fine; an empty one is a fault, not "none". */
function webhookKeys(checks: OptionChecks, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const keys = readKeys('webhookSecret', value);
  const fault =
    'fault' in keys ? keys.fault : weaknessOf('webhookSecret', keys.keys, SHORTEST_SECRET);
  if (fault !== undefined) checks.faults.push(fault);
  return 'keys' in keys ? keys.keys : [];
}

function callbackUrl(checks: OptionChecks, value: unknown): string | undefined {
  if (value === undefined || isCallbackUrl(value)) return value;
  checks.faults.push(
    'callbackUrl must be an absolute https URL (http on loopback only) without a fragment and without the parameters of a callback',
  );
  return undefined;
}

/** The gateway's origin: a path, a query or user info in it would end up in every call. */
function baseUrl(checks: OptionChecks, value: unknown): string {
  const url = safeUrl(value === undefined ? 'https://api.glomopay.com' : value);
  if (url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '') {
    return url.origin;
  }
  checks.faults.push('baseUrl must be an https origin without a path (http on loopback only)');
  return '';
}

function agents(
  checks: OptionChecks,
  http: Readonly<Record<string, unknown>>,
): GlomopayConfig['http'] {
  const { httpsAgent, httpAgent } = http;
  const weakness = httpsAgent === undefined ? undefined : tlsWeakness(httpsAgent);
  if (weakness === undefined && httpsAgent !== undefined && !isAgent(httpsAgent)) {
    checks.faults.push('http.httpsAgent must be an https.Agent');
  }
  if (weakness !== undefined) checks.faults.push(`http.httpsAgent ${weakness}`);
  if (httpAgent !== undefined && !isAgent(httpAgent)) {
    checks.faults.push('http.httpAgent must be an http.Agent');
  }
  return {
    httpsAgent: httpsAgent as GlomopayConfig['http']['httpsAgent'],
    httpAgent: httpAgent as GlomopayConfig['http']['httpAgent'],
  };
}
