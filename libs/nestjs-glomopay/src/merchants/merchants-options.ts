import type { AccountSource } from '../config/account-source.js';
import { OptionChecks } from '../config/option-checks.js';
import {
  trackingConfig,
  type GlomopayTrackingOptions,
  type ResolvedTracking,
} from '../tracking/config/tracking-options.js';

/** What `GlomopayMerchantsModule.forRoot` takes. */
export interface GlomopayMerchantsOptions {
  /** Where the accounts are kept. @defaultValue none: there are those of `GlomopayAccounts.register()` */
  readonly source?: AccountSource;
  /** Tracking of all accounts made at run time: one store, one engine, one loop. @defaultValue they are not tracked */
  readonly tracking?: GlomopayTrackingOptions;
  /** How long nobody uses an account of the source before it is closed. Milliseconds. @defaultValue 600000 (10 minutes) */
  readonly idleMs?: number;
  /**
   * Accounts of the source that are open at once. What goes beyond closes those that were not used for the
   * longest time; what is in use stays, so a burst can exceed it. @defaultValue 1000
   */
  readonly most?: number;
  /**
   * How long the options of an open account count before its next use asks the source again; where they
   * have changed the account is made anew. 0: until {@link GlomopayAccounts.invalidate}. Milliseconds.
   * @defaultValue 300000 (5 minutes)
   */
  readonly refreshMs?: number;
  /** How long the source is not asked again about a name that it does not know. Milliseconds. @defaultValue 30000 */
  readonly unknownMs?: number;
  /** How long the source may take for an answer. Milliseconds. @defaultValue 5000 */
  readonly findTimeoutMs?: number;
}

/** The checked options with every default filled in. */
export interface MerchantsConfig {
  readonly source: AccountSource | undefined;
  readonly tracking: ResolvedTracking | undefined;
  readonly idleMs: number;
  readonly most: number;
  readonly refreshMs: number;
  readonly unknownMs: number;
  readonly findTimeoutMs: number;
}

const OPTIONS = ['source', 'tracking', 'idleMs', 'most', 'refreshMs', 'unknownMs', 'findTimeoutMs'];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** In the place of an account's name, for what stands for all accounts that are made at run time. */
export const RUN_TIME_ACCOUNTS = 'accounts made at run time';

/**
 * Checks the host's options and fills in the defaults.
 *
 * @throws {GlomopayConfigurationError} listing every fault at once, naming options and rules, never
 *   a value.
 */
export function merchantsConfig(options: unknown): MerchantsConfig {
  const checks = new OptionChecks();
  const given = checks.group('GlomopayMerchantsModule', options ?? {}, OPTIONS);
  const read = (name: string): unknown => checks.read(given, name);
  const whole = (name: string, range: readonly [number, number], fallback: number): number =>
    checks.wholeNumber(name, read(name), range, fallback);
  const source = read('source');
  const tracking = read('tracking');
  const config = {
    source:
      source === undefined
        ? undefined
        : checks.port<AccountSource>('source', source, ['find'], 'an AccountSource'),
    idleMs: whole('idleMs', [1_000, DAY_MS], 10 * MINUTE_MS),
    most: whole('most', [1, 1_000_000], 1_000),
    refreshMs: checks.pause('refreshMs', read('refreshMs'), [1_000, DAY_MS], 5 * MINUTE_MS),
    unknownMs: whole('unknownMs', [0, 60 * MINUTE_MS], 30_000),
    findTimeoutMs: whole('findTimeoutMs', [10, MINUTE_MS], 5_000),
  };
  checks.assertNone();
  return {
    ...config,
    tracking: tracking === undefined ? undefined : trackingConfig(tracking, RUN_TIME_ACCOUNTS),
  };
}
