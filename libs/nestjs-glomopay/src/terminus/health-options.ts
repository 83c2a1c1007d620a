import { OptionChecks } from '../config/option-checks.js';

/** What is asked, and what of the answer means that the application is down. */
export interface GlomopayHealthOptions {
  /** Merchant account, as in `GlomopayModule.forRoot`. @defaultValue the default account */
  readonly name?: string;
  /** Longest wait for the gateway and for the database. Milliseconds. @defaultValue 3000 */
  readonly timeoutMs?: number;
  /** How long a look counts; probes in that time share it. Milliseconds. @defaultValue 10000 */
  readonly cacheMs?: number;
  /**
   * Whether a gateway that does not answer means down, or is only shown. Show it where `down` takes
   * processes out of service: none of them is at fault. @defaultValue `'down'`
   */
  readonly gatewayOutage?: 'down' | 'shown';
  /**
   * Age of the oldest open webhook event that means down. With the inbox's own defaults a failing
   * handler is parked within 46 minutes, so an older one says that no process works. Milliseconds.
   * @defaultValue 3600000 (an hour)
   */
  readonly maxOldestOpenMs?: number;
  /** Open webhook events; more means down. @defaultValue `Infinity`: only shown */
  readonly maxOpen?: number;
  /** Parked webhook events; more means down. @defaultValue `Infinity`: only shown */
  readonly maxFailed?: number;
  /** Payments, refunds and collections that need a person; more means down. @defaultValue `Infinity`: only shown */
  readonly maxNeedsAttention?: number;
}

const OPTIONS = [
  'name',
  'timeoutMs',
  'cacheMs',
  'gatewayOutage',
  'maxOldestOpenMs',
  'maxOpen',
  'maxFailed',
  'maxNeedsAttention',
];
const HOUR_MS = 3_600_000;

/** The options with every default filled in. */
export type HealthConfig = Required<Omit<GlomopayHealthOptions, 'name'>> & {
  readonly name: string | undefined;
};

/**
 * Checks the options of a probe. One that is mistyped would show an application as well that is not.
 *
 * @throws {GlomopayConfigurationError} listing every fault at once.
 */
export function healthConfig(options: unknown): HealthConfig {
  const checks = new OptionChecks();
  const given = checks.group('GlomopayHealthIndicator', options, OPTIONS);
  const limit = (name: keyof HealthConfig, fallback: number) =>
    checks.limit(name, given[name], fallback);
  const config = {
    name: checks.accountName('name', given['name']),
    timeoutMs: checks.wholeNumber('timeoutMs', given['timeoutMs'], [1, 600_000], 3_000),
    cacheMs: checks.wholeNumber('cacheMs', given['cacheMs'], [0, HOUR_MS], 10_000),
    gatewayOutage: checks.oneOf<'down' | 'shown', 'down'>(
      'gatewayOutage',
      given['gatewayOutage'],
      ['down', 'shown'],
      'down',
    ),
    maxOldestOpenMs: limit('maxOldestOpenMs', HOUR_MS),
    maxOpen: limit('maxOpen', Infinity),
    maxFailed: limit('maxFailed', Infinity),
    maxNeedsAttention: limit('maxNeedsAttention', Infinity),
  };
  checks.assertNone();
  return config;
}
