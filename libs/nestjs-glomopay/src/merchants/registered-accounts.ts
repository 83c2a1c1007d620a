import type { DynamicModule, ModuleMetadata, Provider } from '@nestjs/common';
import type { AccountSource } from '../config/account-source.js';
import { GLOMOPAY_ACCOUNT_SOURCE, GLOMOPAY_ACCOUNTS_TRACKING } from '../config/merchants.tokens.js';
import { OptionChecks } from '../config/option-checks.js';
import type { GlomopayTrackingOptions } from '../tracking/config/tracking-options.js';
import { OF_MERCHANTS, type ProviderOf } from './accounts-registration.js';
import { GlomopayMerchantsModule } from './merchants.module.js';

/** Members by which a provider says who makes it. */
export const FORMS = ['useClass', 'useExisting', 'useFactory'] as const;

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
  const stray = hasOwn
    ? []
    : ownNames.filter((name) => name !== 'isGlobal' && given.get(name) !== undefined);
  if (stray.length > 0) {
    checks.faults.push(
      `${stray.join(', ')} of ${call} would be of an account of its own, which needs ${givesAccount.join(', ').replace(/, (?=[^,]*$)/, ' or ')}; what a provider of accounts needs is in accounts: { imports, inject }`,
    );
  }
  checks.flag('isGlobal', given.get('isGlobal'));
  const source = providerOf(
    checks,
    'accounts',
    GLOMOPAY_ACCOUNT_SOURCE,
    given.get('accounts'),
    'find',
  );
  const tracking = providerOf(
    checks,
    'tracking',
    GLOMOPAY_ACCOUNTS_TRACKING,
    given.get('tracking'),
    undefined,
  );
  checks.assertNone();
  const merchants = merchantsOf(given as never, [source, tracking]);
  return { merchants, own: hasOwn ? own : undefined };
}

/** By the module that makes accounts at run time: there is no second way. */
function merchantsOf(
  given: ReadonlyMap<string, never>,
  parts: readonly (Part | undefined)[],
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

interface Part {
  readonly imports: ModuleMetadata['imports'];
  readonly provider: Provider;
}

/** @param method What the thing itself can do; undefined: whatever names no provider is the thing. */
function providerOf(
  checks: OptionChecks,
  option: string,
  token: symbol,
  value: unknown,
  method: string | undefined,
): Part | undefined {
  if (value === undefined && method === undefined) return undefined;
  const object = typeof value === 'object' && value !== null ? value : {};
  const forms = FORMS.filter((form) => (checks.read(object, form) ?? undefined) !== undefined);
  const [form, another] = forms;
  const isItself =
    method === undefined ? form === undefined : typeof Reflect.get(object, method) === 'function';
  if (isItself) return { imports: undefined, provider: { provide: token, useValue: value } };
  if (form === undefined || another !== undefined) {
    checks.faults.push(
      `${option} must be ${method === undefined ? 'options' : 'an AccountSource, which has find()'}, or one of { useClass }, { useExisting } and { useFactory, inject }`,
    );
    return undefined;
  }
  checks.knownOnly(option, object, ['imports', form, ...(form === 'useFactory' ? ['inject'] : [])]);
  const { imports, ...provider } = value as ProviderOf<unknown>;
  return { imports, provider: { provide: token, ...provider } as Provider };
}

function withoutAccounts(call: string, names: readonly string[]): string {
  return `${names.join(', ')} of ${call} ${names.length === 1 ? 'is' : 'are'} for merchants made at run time: say where they are kept by accounts; an account that a module registers is tracked by GlomopayTrackingModule`;
}
