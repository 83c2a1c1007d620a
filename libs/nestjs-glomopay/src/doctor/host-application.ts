import type { DynamicModule, INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { Reconciliation } from '../tracking/reconciliation/reconciliation.js';
import type { GlomopayAccounts } from '../config/glomopay-accounts.js';
import { getGlomopayToken, GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import { GLOMOPAY_MERCHANTS_CONFIG } from '../config/merchants.tokens.js';
import { UnusableHostError, type HostExports } from './host-file.js';

/** The host's application, without routes, and what its file exports. */
export interface HostApplication {
  readonly app: INestApplicationContext;
  readonly exports: HostExports;
}

/** Starts what the host's file exports: a module, or a function that gives one. */
export async function startedHost(
  exports: HostExports,
  name: string | undefined,
  logger: LoggerService,
): Promise<HostApplication> {
  const exported =
    name === undefined ? (exports['AppModule'] ?? exports['default']) : exports[name];
  const app = await NestFactory.createApplicationContext(await moduleOf(exported, name), {
    logger,
    abortOnError: false,
  });
  return { app, exports };
}

/**
 * Works with the comparison of an account: of one that a module registers, or of one that the application
 * makes at run time, which stays open meanwhile.
 */
export async function withReconciliation<T>(
  app: INestApplicationContext,
  account: string,
  work: (reconciliation: Reconciliation) => Promise<T>,
): Promise<T> {
  const own = reconciliationOf(app, account);
  if (own !== undefined) return work(own);
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  if (!modules.some(({ providers }) => providers.has(GLOMOPAY_MERCHANTS_CONFIG))) {
    throw new UnusableHostError('the application does not track this account');
  }
  const accounts: GlomopayAccounts = app.get(GLOMOPAY_ACCOUNTS, { strict: false });
  return accounts.use(account, (made) => work(made.get(Named.Reconciliation)));
}

/** By its name: the host may have the other build. */
const Named = { Reconciliation: class {} } as unknown as {
  readonly Reconciliation: Type<Reconciliation>;
};

/** Undefined: the account is not tracked there. */
function reconciliationOf(
  app: INestApplicationContext,
  account: string,
): Reconciliation | undefined {
  const { name } = Named.Reconciliation;
  const symbol = getGlomopayToken(Named.Reconciliation, account);
  const isDefault = account === 'default';
  for (const { providers } of app.get(ModulesContainer, { strict: false }).values()) {
    for (const [token, { instance }] of providers) {
      const isClass = typeof token === 'function' && token.name === name;
      if (token === symbol || (isDefault && isClass)) return instance as Reconciliation;
    }
  }
  return undefined;
}

async function moduleOf(exported: unknown, name = 'AppModule'): Promise<Type | DynamicModule> {
  if (isModule(exported)) return exported;
  const given: unknown = typeof exported === 'function' ? await exported() : exported;
  if (isModule(given)) return given;
  throw new UnusableHostError(`the file exports no module under ${name}: see --export`);
}

function isModule(value: unknown): value is Type | DynamicModule {
  if (typeof value === 'object' && value !== null) return isModule(Reflect.get(value, 'module'));
  if (typeof value !== 'function') return false;
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  return isClass || ['imports', 'providers'].some((key) => Reflect.hasMetadata(key, value));
}
