import { OptionChecks } from '../config/option-checks.js';
import type { FurtherOption } from '../config/sealed-options.js';
import {
  inboxLimits,
  sweepLimits,
  type ResolvedTracking,
  type TrackingConfig,
} from '../tracking/config/tracking-options.js';

/** What can differ from merchant to merchant. */
export type TrackingOfOne = Pick<TrackingConfig, 'history' | 'sweep' | 'inbox'>;

const OF_ALL = ['store', 'engine', 'migrate', 'work', 'retention'];

/**
 * The tracking of one merchant: that of all, but for what the merchant's own options say.
 *
 * @param all Tracking of all merchants; undefined: they are not tracked.
 * @param options The options of the merchant, as a host gave them.
 */
export function trackingOfOne(
  all: ResolvedTracking | undefined,
  options: unknown,
): FurtherOption & { readonly own: Partial<TrackingOfOne> } {
  const checks = new OptionChecks();
  const isGiven = typeof options === 'object' && options !== null;
  const value = isGiven ? checks.read(options, 'tracking') : undefined;
  const own = value === undefined ? {} : readOwn(checks, value, all);
  return { name: 'tracking', faults: checks.faults, own };
}

function readOwn(
  checks: OptionChecks,
  value: unknown,
  all: ResolvedTracking | undefined,
): Partial<TrackingOfOne> {
  if (all === undefined) {
    checks.faults.push('tracking is of no use where merchants are not tracked');
    return {};
  }
  const given = group(checks, 'tracking', value, ['history', 'sweep', 'inbox'], OF_ALL);
  const sweep = group(
    checks,
    'tracking.sweep',
    given['sweep'],
    ['firstCheckMs', 'maxChecks', 'batch'],
    ['everyMs'],
  );
  const inbox = group(
    checks,
    'tracking.inbox',
    given['inbox'],
    ['handlerTimeoutMs', 'maxTries', 'retryBaseMs', 'retryMaxMs'],
    ['pollEveryMs'],
  );
  return {
    history: checks.flag('tracking.history', given['history'], all.history),
    sweep: { ...all.sweep, ...sweepLimits(checks, 'tracking.sweep', sweep, all.sweep) },
    inbox: { ...all.inbox, ...inboxLimits(checks, 'tracking.inbox', inbox, all.inbox) },
  };
}

/** Read one by one; those that one merchant cannot have are refused by name. */
function group(
  checks: OptionChecks,
  name: string,
  value: unknown,
  own: readonly string[],
  ofAll: readonly string[],
): Readonly<Record<string, unknown>> {
  const given = checks.group(name, value, [...own, ...ofAll]);
  const strange = ofAll.filter((option) => checks.read(given, option) !== undefined);
  if (strange.length > 0) {
    checks.faults.push(
      `${strange.map((option) => `${name}.${option}`).join(', ')} cannot be of one merchant; give it in the tracking of all merchants`,
    );
  }
  return Object.fromEntries(own.map((option) => [option, checks.read(given, option)]));
}
