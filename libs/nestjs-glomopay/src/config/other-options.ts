import { isCallbackUrl, safeUrl } from '../values/urls.js';
import { isAgent, tlsWeakness } from './agent-checks.js';
import type { GlomopayConfig } from './glomopay-config.js';
import type { OptionChecks } from './option-checks.js';

const MINUTE_MS = 60_000;

/** What has nothing to do with keys. */
export type OtherOptions = Omit<
  GlomopayConfig,
  'secretKeys' | 'webhookSecrets' | 'environment' | 'warnings'
>;

/** Checks these options and fills in their defaults. */
export function otherOptions(checks: OptionChecks, read: (name: string) => unknown): OtherOptions {
  const retry = checks.group('retry', read('retry'), ['maxAttempts', 'baseDelayMs', 'maxDelayMs']);
  const polling = checks.group('polling', read('polling'), ['intervalMs', 'timeoutMs']);
  const http = checks.group('http', read('http'), ['httpsAgent', 'httpAgent']);
  return {
    callbackUrl: callbackUrl(checks, read('callbackUrl')),
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
  };
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
