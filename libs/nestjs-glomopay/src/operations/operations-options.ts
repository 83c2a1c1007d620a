import type { CanActivate, DynamicModule, ForwardReference, Type } from '@nestjs/common';
import { OptionChecks } from '../config/option-checks.js';

/** A guard of the host: its class, which Nest makes with what it injects, or an instance. */
export type OperationsGuard = Type<CanActivate> | CanActivate;

/** A way from the page to one of the host's own, such as where purchases are refunded. */
export interface OperationsLink {
  readonly text: string;
  /** Relative to the page (`operations/refunds` beside `/operations`), absolute (`/refunds`), or http(s). */
  readonly href: string;
}

/** Where the operations stand, and who is let in. Given when the module is registered. */
export interface GlomopayOperationsRegistration {
  /**
   * The host's guards, each of which must let a request pass. `'global'`: the host's global guards
   * protect these routes; the application does not start when there is none. There is no default, and
   * without guards there is no module.
   */
  readonly guards: readonly OperationsGuard[] | 'global';
  /** Below the host's global prefix. @defaultValue `/operations` */
  readonly path?: string | undefined;
  /** Decorators of the controller that a guard reads, such as `@Roles('operations')`. @defaultValue none */
  readonly decorators?: readonly ClassDecorator[] | undefined;
  /** Modules that export what the guards inject. @defaultValue none */
  readonly imports?:
    (Type | DynamicModule | Promise<DynamicModule> | ForwardReference)[] | undefined;
}

/** What the operations show, and who is behind a request. */
export interface GlomopayOperationsOptions {
  /**
   * The name of the person behind a request, as your guard has established it: one line of at most 100
   * characters. It stands in the history of what is closed, and in the log. Never take it from
   * the body.
   *
   * @defaultValue none: then nobody can close a record here
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- the request of the host's server
  readonly actor?: ((request: any) => string | Promise<string>) | undefined;
  /** Names of the accounts that are shown; the unnamed one is `default`. @defaultValue all: accounts of an `AccountSource` are had by their name */
  readonly accounts?: readonly string[] | undefined;
  /** Whether payloads of events can be looked at. They have personal data of payers. @defaultValue false */
  readonly payloads?: boolean | undefined;
  /** Ways to pages of the host. @defaultValue none */
  readonly links?: readonly OperationsLink[] | undefined;
}

/** The checked options. */
export interface OperationsConfig {
  readonly actor: GlomopayOperationsOptions['actor'];
  readonly accounts: readonly string[] | undefined;
  readonly payloads: boolean;
  readonly links: readonly OperationsLink[];
}

/** The checked registration. */
export interface OperationsPlace {
  readonly path: string;
  readonly guards: readonly OperationsGuard[] | 'global';
  readonly decorators: readonly ClassDecorator[];
}

const PLAIN_PATH = /^\/?[\w-]+(?:[/.][\w-]+)*$/;
const NO_GUARD =
  "guards must be given: a list of guards, not empty, that let nobody but operators pass, or 'global' where a global guard does";

/** @throws {GlomopayConfigurationError} no guards, or what cannot be one; no plain path. */
export function checkedPlace(given: Readonly<Record<string, unknown>>): OperationsPlace {
  const checks = new OptionChecks();
  const { guards, decorators = [], path = '/operations' } = given;
  if (!isGuards(guards)) checks.faults.push(NO_GUARD);
  if (typeof path !== 'string' || !PLAIN_PATH.test(path)) {
    checks.faults.push(
      'path must be a plain path such as /operations: letters, digits, single dots, dashes and underscores between slashes',
    );
  }
  if (!isListOf(decorators, (each) => typeof each === 'function')) {
    checks.faults.push('decorators must be a list of decorators of a class');
  }
  checks.assertNone();
  return {
    path: path as string,
    guards: guards as OperationsPlace['guards'],
    decorators: decorators as OperationsPlace['decorators'],
  };
}

/** @throws {GlomopayConfigurationError} listing every fault at once. */
export function checkedOperations(given: unknown): OperationsConfig {
  const checks = new OptionChecks();
  const {
    actor,
    accounts,
    payloads,
    links = [],
  } = checks.group('operations', given, ['actor', 'accounts', 'payloads', 'links']);
  if (actor !== undefined && typeof actor !== 'function') {
    checks.faults.push('actor must be a function that gives the name of who sends a request');
  }
  const isNames = (list: unknown): list is readonly string[] =>
    isListOf(list, (name) => typeof name === 'string' && name !== '');
  if (accounts !== undefined && (!isNames(accounts) || accounts.length === 0)) {
    checks.faults.push('accounts must be a list of names of accounts, not empty');
  }
  if (!isListOf(links, isLink)) {
    checks.faults.push('links must be a list of { text, href }; href a path, or http(s)://…');
  }
  const shown = checks.flag('payloads', payloads);
  checks.assertNone();
  return {
    actor: actor as OperationsConfig['actor'],
    accounts: accounts as OperationsConfig['accounts'],
    payloads: shown,
    links: links as OperationsConfig['links'],
  };
}

function isListOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isGuards(value: unknown): boolean {
  return value === 'global' || (Array.isArray(value) && value.length > 0 && value.every(isGuard));
}

function isGuard(each: unknown): boolean {
  return (
    typeof each === 'function' || typeof Reflect.get(Object(each), 'canActivate') === 'function'
  );
}

/** What a browser would run, as a `javascript:` address, is none. */
function isLink(value: unknown): boolean {
  const { text, href }: { text?: unknown; href?: unknown } = Object(value);
  if (typeof text !== 'string' || text === '' || typeof href !== 'string') return false;
  try {
    return /^https?:$/.test(new URL(href, 'http://host.invalid').protocol);
  } catch {
    return false;
  }
}
