import type { DynamicModule, INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { Reconciliation } from '../tracking/reconciliation/reconciliation.js';
import { getGlomopayToken } from '../config/glomopay.tokens.js';
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

/** Undefined: the account is not tracked there. By its name: the host may have the other build. */
export function reconciliationOf(
  app: INestApplicationContext,
  account: string,
): Reconciliation | undefined {
  const Named = { Reconciliation: class {} }.Reconciliation;
  const symbol = getGlomopayToken(Named, account);
  const isDefault = account === 'default';
  for (const { providers } of app.get(ModulesContainer, { strict: false }).values()) {
    for (const [token, { instance }] of providers) {
      const isClass = typeof token === 'function' && token.name === Named.name;
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
