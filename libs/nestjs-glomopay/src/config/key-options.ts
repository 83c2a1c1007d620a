import type { GlomopayEnvironment } from './glomopay-options.js';
import { Secret } from '../values/secret.js';
import type { Clock } from './clock.js';
import { keySourceOf, type GlomopayKeySource } from './key-provider.js';
import { KeyReadingFault, readKeysFrom, type KeyOrigin, type KeyReading } from './key-reading.js';
import { FixedKeys, type KeyRing } from './key-ring.js';
import { rotatedKeyRules, type CheckedKeys, type KeyRules } from './key-rules.js';
import type { OptionChecks } from './option-checks.js';
import { RotatingKeys, type Following } from './rotating-keys.js';

const SECOND_MS = 1_000;
const DAY_MS = 24 * 3_600 * SECOND_MS;

/** The timing of providers, checked. */
export interface KeyRotation {
  readonly refreshEveryMs: number;
  readonly graceMs: number;
  readonly refreshTimeoutMs: number;
}

export function keyRotation(checks: OptionChecks, value: unknown): KeyRotation {
  const group = checks.group('keyRotation', value, [
    'refreshEveryMs',
    'graceMs',
    'refreshTimeoutMs',
  ]);
  const number = (name: keyof KeyRotation, range: readonly [number, number], fallback: number) =>
    checks.wholeNumber(`keyRotation.${name}`, group[name], range, fallback);
  return {
    refreshEveryMs: number('refreshEveryMs', [SECOND_MS, DAY_MS], 300 * SECOND_MS),
    // From the first delivery of a webhook to the last it is 94 hours (docs/gateway.md, Webhook retries).
    graceMs: number('graceMs', [0, 30 * DAY_MS], 4 * DAY_MS),
    refreshTimeoutMs: number('refreshTimeoutMs', [1, 60 * SECOND_MS], 5 * SECOND_MS),
  };
}

/** Keys as they were given: checked already, or where to read them. */
export type GivenKeys =
  | { readonly checked: CheckedKeys; readonly source?: undefined }
  | { readonly source: GlomopayKeySource };

/** Keys that are at hand are checked now; those of a provider when they are read. */
export function givenKeys(checks: OptionChecks, value: unknown, rules: KeyRules): GivenKeys {
  const source = keySourceOf(value);
  if (source !== undefined) return { source };
  const checked = rules(value);
  checks.faults.push(...checked.faults);
  return { checked };
}

/** Keys as they are before anything follows them. */
export interface FirstKeys extends CheckedKeys {
  /** Where they were read; undefined: they were given as texts. */
  readonly reading?: { readonly origin: KeyOrigin; readonly first: KeyReading } | undefined;
  /** There are none because their provider gave nothing. */
  readonly isUnanswered?: boolean;
}

/** Reads keys for the first time. */
export async function firstKeys(
  given: GivenKeys,
  origin: Omit<KeyOrigin, 'source'>,
): Promise<FirstKeys> {
  if (given.source === undefined) return given.checked;
  const whole = { ...origin, source: given.source };
  try {
    const first = await readKeysFrom(whole);
    return { ...first, reading: { origin: whole, first } };
  } catch (thrown) {
    if (!(thrown instanceof KeyReadingFault)) throw thrown;
    const { faults, isUnanswered } = thrown;
    return { keys: [], environment: undefined, faults, isUnanswered };
  }
}

/** What is settled for all keys to come. */
export interface Settled extends KeyRotation {
  readonly clock: Clock;
  readonly environment: GlomopayEnvironment | undefined;
  /** Whether the environment was an option. */
  readonly isDeclared: boolean;
}

/** The ring of keys that were read or given; there is at least one. */
export function ringOf({ keys, reading }: FirstKeys, settled: Settled): KeyRing {
  if (reading === undefined) {
    const [first, ...others] = keys.map((key) => new Secret(key));
    if (first === undefined) throw new TypeError('There is no key.');
    return new FixedKeys([first, ...others]);
  }
  const { origin, first } = reading;
  const { clock, refreshEveryMs, graceMs, environment, isDeclared } = settled;
  const rules =
    origin.option === 'secretKey' ? rotatedKeyRules(environment, isDeclared) : origin.rules;
  const read: Following['read'] = (from, ending) =>
    readKeysFrom({ ...origin, rules, source: from }, ending);
  const { option, source } = origin;
  return new RotatingKeys({ option, source, read, clock, refreshEveryMs, graceMs }, first);
}
