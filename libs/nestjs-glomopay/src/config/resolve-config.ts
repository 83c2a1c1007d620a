import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { systemClock, type Clock } from './clock.js';
import type { GlomopayConfig } from './glomopay-config.js';
import type { GlomopayEnvironment } from './glomopay-options.js';
import {
  firstKeys,
  givenKeys,
  keyRotation,
  ringOf,
  type FirstKeys,
  type GivenKeys,
  type KeyRotation,
} from './key-options.js';
import { secretKeyRules, webhookSecretRules } from './key-rules.js';
import { OptionChecks } from './option-checks.js';
import { otherOptions, type OtherOptions } from './other-options.js';
import type { SealedOptions } from './sealed-options.js';

/** Every option of an account. */
export const OPTIONS = [
  'secretKey',
  'webhookSecret',
  'keyRotation',
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

/** What was given, checked as far as it is at hand. */
interface Draft {
  readonly checks: OptionChecks;
  readonly declared: GlomopayEnvironment | undefined;
  readonly secretKey: GivenKeys;
  /** Undefined: leaving the option out is fine. */
  readonly webhookSecret: GivenKeys | undefined;
  readonly rotation: KeyRotation;
  readonly others: OtherOptions;
}

/**
 * Checks the host's options, reads the keys where a provider has them, and fills in the defaults.
 *
 * @param clock By which keys of a provider are read again.
 * @throws {GlomopayConfigurationError} listing every fault at once, naming options and rules, never
 *   a value.
 */
export async function resolveConfig(
  sealed: SealedOptions,
  clock: Clock = systemClock,
): Promise<GlomopayConfig> {
  const draft = draftOf(sealed);
  // No provider is asked for the sake of options that cannot be used.
  draft.checks.assertNone();
  const [secretKeys, webhookSecrets] = await firstReadings(draft);
  return finished(draft, secretKeys, webhookSecrets, clock);
}

/** The same for keys that were given as texts. @throws {GlomopayConfigurationError} likewise. */
export function configOfTexts(sealed: SealedOptions): GlomopayConfig {
  const draft = draftOf(sealed);
  const { checks, secretKey, webhookSecret } = draft;
  if (secretKey.source !== undefined || webhookSecret?.source !== undefined) {
    checks.faults.push('secretKey and webhookSecret must be texts here');
  }
  checks.assertNone();
  return finished(draft, atHand(secretKey), webhookSecret && atHand(webhookSecret), systemClock);
}

function atHand(given: GivenKeys): FirstKeys {
  if (given.source !== undefined) throw new TypeError('These keys are to be read.');
  return given.checked;
}

/** Both at once: boot takes as long as the slower of two vaults. */
function firstReadings({
  declared,
  secretKey,
  webhookSecret,
  rotation: { refreshTimeoutMs: timeoutMs },
}: Draft): Promise<[FirstKeys, FirstKeys | undefined]> {
  const rules = secretKeyRules(declared);
  return Promise.all([
    firstKeys(secretKey, { option: 'secretKey', rules, timeoutMs }),
    webhookSecret &&
      firstKeys(webhookSecret, {
        option: 'webhookSecret',
        rules: webhookSecretRules,
        timeoutMs,
      }),
  ]);
}

function finished(
  { checks, declared, rotation, others }: Draft,
  secretKey: FirstKeys,
  webhookSecret: FirstKeys | undefined,
  clock: Clock,
): GlomopayConfig {
  checks.faults.push(...secretKey.faults, ...(webhookSecret?.faults ?? []));
  assertRead(checks, [secretKey, webhookSecret]);
  const environment = declared ?? secretKey.environment;
  const settled = { ...rotation, clock, environment, isDeclared: declared !== undefined };
  const isMixedUp = webhookSecret?.keys.some((key) => secretKey.keys.includes(key)) === true;
  return {
    ...others,
    environment,
    secretKeys: ringOf(secretKey, settled),
    webhookSecrets: webhookSecret && ringOf(webhookSecret, settled),
    warnings: isMixedUp
      ? ['webhookSecret equals an API key; the dashboard gives webhooks a secret of their own']
      : [],
  };
}

/** @throws {GlomopayConfigurationError} there are faults. */
function assertRead(checks: OptionChecks, keys: readonly (FirstKeys | undefined)[]): void {
  try {
    checks.assertNone();
  } catch (thrown) {
    const isUnusable = keys.some((one) => one?.isUnanswered !== true && one?.faults.length);
    if (thrown instanceof GlomopayConfigurationError && !isUnusable) unanswered.add(thrown);
    throw thrown;
  }
}

/** Faults that say nothing of the options: a provider gave nothing, and may do so in a moment. */
const unanswered = new WeakSet<GlomopayConfigurationError>();

/** Whether all that is wrong is that a provider gave no keys just now. */
export function isUnanswered(error: GlomopayConfigurationError): boolean {
  return unanswered.has(error);
}

function draftOf(sealed: SealedOptions): Draft {
  const options: unknown = sealed.open();
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new GlomopayConfigurationError(['the options must be an object']);
  }
  const checks = new OptionChecks();
  const read = (name: string): unknown => checks.read(options, name);
  const { further } = sealed;
  checks.knownOnly('the module', options, [...OPTIONS, ...further.map(({ name }) => name)]);
  checks.faults.push(...further.flatMap(({ faults }) => faults));
  const declared = checks.oneOf<GlomopayEnvironment, undefined>(
    'environment',
    read('environment'),
    ['sandbox', 'production'],
    undefined,
  );
  const webhookSecret = read('webhookSecret');
  return {
    checks,
    declared,
    secretKey: givenKeys(checks, read('secretKey'), secretKeyRules(declared)),
    webhookSecret:
      webhookSecret === undefined
        ? undefined
        : givenKeys(checks, webhookSecret, webhookSecretRules),
    rotation: keyRotation(checks, read('keyRotation')),
    others: otherOptions(checks, read),
  };
}
