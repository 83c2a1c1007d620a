import type { GlomopayEnvironment } from './glomopay-options.js';
import { environmentOf, isPublishableKey, readKeys, weaknessOf } from './secret-keys.js';

/** The gateway's keys are JWTs of hundreds of characters; what is shorter than this is a slip. */
const SHORTEST_KEY = 8;
/** A merchant may choose the webhook secret; a shorter one could be found by trying. */
const SHORTEST_SECRET = 16;

/** Keys that passed, and what else is wrong with them; of some faults the keys are known all the same. */
export interface CheckedKeys {
  readonly keys: readonly string[];
  readonly environment: GlomopayEnvironment | undefined;
  readonly faults: readonly string[];
}

/** Checks what was given for an option, at boot and whenever it is read again. */
export type KeyRules = (value: unknown) => CheckedKeys;

/** API keys: none publishable, all of one environment, and that the declared one. */
export function secretKeyRules(declared: GlomopayEnvironment | undefined): KeyRules {
  return (value) => {
    const read = readKeys('secretKey', value);
    if ('fault' in read) return { keys: [], environment: undefined, faults: [read.fault] };
    const { keys } = read;
    const faults: string[] = [];
    const weakness = keys.some((key) => isPublishableKey(key))
      ? 'secretKey must not be a publishable key (test_, live_, mock_); use the secret key of the dashboard'
      : weaknessOf('secretKey', keys, SHORTEST_KEY);
    if (weakness !== undefined) faults.push(weakness);
    const environments = new Set(keys.map((key) => environmentOf(key)));
    environments.delete(undefined);
    if (environments.size > 1) {
      faults.push('secretKey must hold keys of one environment (their env claims differ)');
    }
    const [environment] = environments;
    if (declared !== undefined && environment !== undefined && environment !== declared) {
      faults.push('secretKey must belong to the configured environment (its env claim differs)');
    }
    return { keys, environment, faults };
  };
}

/**
 * API keys that take the place of others: they may not lead to another world without anybody's saying
 * so, for what is allowed (mocks) and what is told (the environment) was settled at boot.
 *
 * @param settled What the first keys, or the option `environment`, have said.
 * @param isDeclared Whether it was the option.
 */
export function rotatedKeyRules(
  settled: GlomopayEnvironment | undefined,
  isDeclared: boolean,
): KeyRules {
  const rules = secretKeyRules(undefined);
  return (value) => {
    const checked = rules(value);
    if (checked.faults.length > 0) return checked;
    const { environment } = checked;
    const fits =
      environment === undefined
        ? isDeclared || settled === undefined
        : // A first key that says nothing is taken for one of production.
          environment === (settled ?? 'production');
    return fits
      ? checked
      : { ...checked, faults: ['secretKey must stay in the environment of the first keys'] };
  };
}

/** Webhook secrets. */
export function webhookSecretRules(value: unknown): CheckedKeys {
  const read = readKeys('webhookSecret', value);
  if ('fault' in read) return { keys: [], environment: undefined, faults: [read.fault] };
  const weakness = weaknessOf('webhookSecret', read.keys, SHORTEST_SECRET);
  return {
    keys: read.keys,
    environment: undefined,
    faults: weakness === undefined ? [] : [weakness],
  };
}
