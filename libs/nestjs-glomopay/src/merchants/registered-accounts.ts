import type { DynamicModule } from '@nestjs/common';
import type { AccountSource } from '../config/account-source.js';
import { GLOMOPAY_ACCOUNT_SOURCE, GLOMOPAY_ACCOUNTS_TRACKING } from '../config/merchants.tokens.js';
import { OptionChecks } from '../config/option-checks.js';
import type { GlomopayTrackingOptions } from '../tracking/config/tracking-options.js';
import { OF_MERCHANTS } from './accounts-registration.js';
import { GlomopayMerchantsModule } from './merchants.module.js';
import { providedPart, type ProvidedPart } from './provided-part.js';

const ACCOUNTS = {
  option: 'accounts',
  token: GLOMOPAY_ACCOUNT_SOURCE,
  what: 'an AccountSource, which has find()',
  isItself: (value: object): boolean => typeof Reflect.get(value, 'find') === 'function',
};
const TRACKING = {
  option: 'tracking',
  token: GLOMOPAY_ACCOUNTS_TRACKING,
  what: 'options with a store',
  isItself: (value: object): boolean => !('useFactory' in value),
};

/** What a registration of `GlomopayModule` says of merchants, and what of an account of its own. */
export interface SplitRegistration {
  /** Undefined: it registers no merchants. */
  readonly merchants: DynamicModule | undefined;
  /** Undefined: it registers no account of its own. */
  readonly own: object | undefined;
}

/**
 * Tells merchants from an account of the registration's own.
 *
 * @param call `GlomopayModule.forRoot`, for faults.
 * @param givesAccount Members with which a registration has an account of its own.
 * @throws {GlomopayConfigurationError} listing every fault at once.
 */
export function splitRegistration(
  call: string,
  registration: object,
  givesAccount: readonly string[],
): SplitRegistration {
  const checks = new OptionChecks();
  const given = new Map(
    Object.keys(registration).map((name) => [name, checks.read(registration, name)]),
  );
  const ofMerchants = OF_MERCHANTS.filter((name) => given.get(name) !== undefined);
  const ownNames = [...given.keys()].filter((name) => !OF_MERCHANTS.some((one) => one === name));
  const own = Object.fromEntries(ownNames.map((name) => [name, given.get(name)]));
  if (given.get('accounts') === undefined) {
    if (ofMerchants.length > 0) checks.faults.push(withoutAccounts(call, ofMerchants));
    checks.assertNone();
    return { merchants: undefined, own: ownNames.length === given.size ? registration : own };
  }
  const hasOwn = ownNames.some((name) => givesAccount.includes(name));
  if (!hasOwn) {
    const stray = ownNames.filter((name) => name !== 'isGlobal' && given.get(name) !== undefined);
    if (stray.length > 0) checks.faults.push(withoutOwn(call, stray, givesAccount));
  }
  checks.flag('isGlobal', given.get('isGlobal'));
  const parts = [
    providedPart(checks, ACCOUNTS, given.get('accounts')),
    given.get('tracking') === undefined
      ? undefined
      : providedPart(checks, TRACKING, given.get('tracking')),
  ];
  checks.assertNone();
  const merchants = merchantsOf(given as never, parts);
  return { merchants, own: hasOwn ? own : undefined };
}

/** By the module that makes accounts at run time: there is no second way. */
function merchantsOf(
  given: ReadonlyMap<string, never>,
  parts: readonly (ProvidedPart | undefined)[],
): DynamicModule {
  const limits = Object.fromEntries(
    OF_MERCHANTS.filter((name) => !['accounts', 'tracking', 'webhooks'].includes(name)).map(
      (name) => [name, given.get(name)],
    ),
  );
  const there = parts.filter((part) => part !== undefined);
  return GlomopayMerchantsModule.forRootAsync({
    isGlobal: given.get('isGlobal') ?? true,
    webhooks: given.get('webhooks'),
    imports: there.flatMap(({ imports }) => imports ?? []),
    extraProviders: there.map(({ provider }) => provider),
    inject: [GLOMOPAY_ACCOUNT_SOURCE, { token: GLOMOPAY_ACCOUNTS_TRACKING, optional: true }],
    useFactory: (source: unknown, tracking?: GlomopayTrackingOptions) => ({
      ...limits,
      source: assertSource(source),
      ...(tracking !== undefined && { tracking }),
    }),
  });
}

/** What a provider gives is known when the application starts. */
function assertSource(source: unknown): AccountSource {
  const checks = new OptionChecks();
  const found = checks.port<AccountSource>('accounts', source, ['find'], 'an AccountSource');
  checks.assertNone();
  return found as AccountSource;
}

function withoutOwn(
  call: string,
  names: readonly string[],
  givesAccount: readonly string[],
): string {
  return `${names.join(', ')} of ${call} would be of an account of its own, which is given by ${givesAccount.join(' or ')}; what a provider of accounts needs is in accounts: { imports, inject }`;
}

function withoutAccounts(call: string, names: readonly string[]): string {
  return `${names.join(', ')} of ${call} ${names.length === 1 ? 'is' : 'are'} for merchants made at run time: say where they are kept by accounts; an account that a module registers is tracked by GlomopayTrackingModule`;
}
