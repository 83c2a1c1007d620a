import { randomBytes } from 'node:crypto';
import type { SandboxAccount } from './account.js';
import { systemClock } from './time/clock.js';
import type { Clock } from './time/clock.js';
import type { Environment } from './keys/secret-key.js';
import { assertWebhookUrls } from './webhooks/webhook-url.js';

/** How a sandbox is started. Every option has a default. */
export interface SandboxOptions {
  /** 0 takes a free port. @defaultValue 0 */
  readonly port?: number;
  /** The address to listen on. @defaultValue '127.0.0.1' */
  readonly host?: string;
  /** How long the browser waits between the bank's answer and the callback. @defaultValue 0 */
  readonly callbackDelayMs?: number;
  /** Whether a customer exists from the start. @defaultValue true */
  readonly seedDemoCustomer?: boolean;
  /**
   * The `env` claim of its keys. Only `sandbox` refuses cards off the test list; each has its own
   * schedule of webhook retries. @defaultValue 'sandbox'
   */
  readonly environment?: Environment;
  /** Requests a minute from one address before the answer is 429. @defaultValue 3000 */
  readonly requestsPerMinute?: number;
  /** `interval_in_ms` of the poll step. @defaultValue 5000 */
  readonly pollIntervalMs?: number;
  /** Whom the 3DS page says the buyer pays. @defaultValue 'Demo Shop' */
  readonly merchantName?: string;
  /** Where webhooks go: https, or http on a loopback address. @defaultValue nowhere */
  readonly webhookUrl?: string | readonly string[];
  /** What webhooks are signed with. @defaultValue a random one */
  readonly webhookSecret?: string;
  /** How long a receiver has to answer, in real time. @defaultValue 30000 */
  readonly webhookTimeoutMs?: number;
  /** What the merchant's account can do; what is left out has its default. */
  readonly account?: Partial<SandboxAccount>;
  /**
   * What the merchant has from the start, in minor units of each currency that orders collect in. A
   * payment adds less than it came to, so that without any the first refund would be refused.
   * @defaultValue 1000000
   */
  readonly openingBalance?: number;
  /** Where the time comes from. @defaultValue the system clock */
  readonly clock?: Clock;
}

export interface ResolvedOptions extends Required<Omit<SandboxOptions, 'webhookUrl'>> {
  readonly webhookUrls: readonly string[];
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} for a number that makes no sense.
 * @throws {TypeError} for a webhook URL or secret that cannot be used.
 */
export function resolveOptions(options: SandboxOptions): ResolvedOptions {
  const resolved: ResolvedOptions = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    callbackDelayMs: options.callbackDelayMs ?? 0,
    seedDemoCustomer: options.seedDemoCustomer ?? true,
    environment: options.environment ?? 'sandbox',
    requestsPerMinute: options.requestsPerMinute ?? 3000,
    pollIntervalMs: options.pollIntervalMs ?? 5000,
    merchantName: options.merchantName ?? 'Demo Shop',
    webhookUrls: [options.webhookUrl ?? []].flat(),
    webhookSecret: options.webhookSecret ?? `whsec_${randomBytes(24).toString('hex')}`,
    webhookTimeoutMs: options.webhookTimeoutMs ?? 30_000,
    account: options.account ?? {},
    openingBalance: options.openingBalance ?? 1_000_000,
    clock: options.clock ?? systemClock,
  };
  assertWithin(resolved, 'port', 0, 65_535);
  assertWithin(resolved, 'callbackDelayMs', 0, 600_000);
  assertWithin(resolved, 'requestsPerMinute', 1, Number.MAX_SAFE_INTEGER);
  assertWithin(resolved, 'pollIntervalMs', 1, 600_000);
  assertWithin(resolved, 'webhookTimeoutMs', 1, 600_000);
  assertWithin(resolved, 'openingBalance', 0, Number.MAX_SAFE_INTEGER);
  assertWebhookUrls(resolved.webhookUrls);
  if (!resolved.webhookSecret.trim()) throw new TypeError('webhookSecret must not be blank');
  return resolved;
}

type NumericOption =
  | 'port'
  | 'callbackDelayMs'
  | 'requestsPerMinute'
  | 'pollIntervalMs'
  | 'webhookTimeoutMs'
  | 'openingBalance';

function assertWithin(
  options: ResolvedOptions,
  name: NumericOption,
  minimum: number,
  maximum: number,
): void {
  const value = options[name];
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new RangeError(`${name} must be an integer from ${minimum} to ${maximum}`);
  }
}
