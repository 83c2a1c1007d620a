import { OptionChecks } from './option-checks.js';

const ASYNC = [
  'imports',
  'inject',
  'provideInjectionTokensFrom',
  'useFactory',
  'useClass',
  'useExisting',
];

/**
 * Checks what a registration says beside the options of its module.
 *
 * @throws {GlomopayConfigurationError} listing every fault at once.
 */
export function assertRegistration(
  module: string,
  registration: unknown,
  how: 'forRoot' | 'forRootAsync' = 'forRoot',
): void {
  const checks = new OptionChecks();
  if (isRegistration(checks, `${module}.${how}`, registration)) checkExtras(checks, registration);
  checks.assertNone();
}

/**
 * The same for a registration whose options come from elsewhere. A misspelled member would leave out
 * what it was to register, without a word.
 *
 * @param extras What the module's registration has beside `isGlobal` and `name`.
 * @throws {GlomopayConfigurationError} listing every fault at once.
 */
export function assertAsyncRegistration(
  module: string,
  registration: unknown,
  extras: readonly string[],
): void {
  const checks = new OptionChecks();
  const call = `${module}.forRootAsync`;
  if (isRegistration(checks, call, registration)) {
    checks.knownOnly(call, registration, [...ASYNC, 'isGlobal', 'name', ...extras]);
    const read = (name: string): unknown => checks.read(registration, name);
    const isGiven =
      typeof read('useFactory') === 'function' ||
      typeof read('useClass') === 'function' ||
      (read('useExisting') ?? undefined) !== undefined;
    if (!isGiven) checks.faults.push(`${call} needs useFactory, useClass or useExisting`);
    checkExtras(checks, registration);
  }
  checks.assertNone();
}

function isRegistration(checks: OptionChecks, call: string, value: unknown): value is object {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) checks.faults.push(`${call} must be given an object of options`);
  return isObject;
}

function checkExtras(checks: OptionChecks, registration: object): void {
  checks.accountName('name', checks.read(registration, 'name'));
  checks.flag('isGlobal', checks.read(registration, 'isGlobal'));
}
