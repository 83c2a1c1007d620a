import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { AccountRegistration } from './account-source.js';

/** An account, and its services. */
export interface OpenAccount {
  readonly name: string;
  /**
   * A service, guard or verifier of the account; with tracking also its `PaymentTracker` and the others.
   *
   * @throws {GlomopayConfigurationError} it has no such service.
   */
  get<T>(service: Type<T>): T;
}

/** The accounts that an application makes while it runs. */
export interface RunTimeAccounts {
  /** Names of those that were registered, not of those that a source has. */
  registeredNames(): readonly string[];
  /** Names of those that are open now. */
  openNames(): readonly string[];
  /** Names for which work is due in the store, and which nobody knows. */
  orphanedNames(): readonly string[];
  /** One that is open and fresh: at once, without asking anybody. */
  opened(name: string): OpenAccount | undefined;
  /** One that was registered. */
  registered(name: string): OpenAccount | undefined;
  /** Makes it, once for all who ask meanwhile. Undefined: nobody knows it. */
  open(name: string): Promise<OpenAccount | undefined>;
  /** The same, and it stays open while the work runs. */
  use<T>(name: string, work: (account: OpenAccount | undefined) => Promise<T>): Promise<T>;
  register(registration: AccountRegistration): Promise<void>;
  unregister(name: string): Promise<boolean>;
  invalidate(name: string): Promise<void>;
}

const served = new WeakMap<ModulesContainer, RunTimeAccounts>();

/** Undefined: the application has not registered `GlomopayMerchantsModule`. */
export function runTimeAccountsOf(modules: ModulesContainer): RunTimeAccounts | undefined {
  return served.get(modules);
}

/** @throws {GlomopayConfigurationError} the application has some already. */
export function serveAccounts(modules: ModulesContainer, accounts: RunTimeAccounts): void {
  if (served.has(modules)) {
    throw new GlomopayConfigurationError([
      'GlomopayMerchantsModule, or accounts of GlomopayModule, is registered twice; one registration serves every account of an application',
    ]);
  }
  served.set(modules, accounts);
}
