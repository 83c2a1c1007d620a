import type { ModuleRef } from '@nestjs/core';
import type { Type } from '@nestjs/common';
import type { GlomopayAccounts } from '../config/glomopay-accounts.js';
import { getGlomopayToken, GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import type { OpenAccount } from '../config/run-time-accounts.js';
import { CustomersService } from '../api/customers/customers.service.js';
import { GlomopayKeys } from '../keys/glomopay-keys.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import { TrackedMovements } from '../tracking/movements/tracked-movements.js';
import { lookAtGateway, type GatewayLook } from './gateway-look.js';
import { lookAtTracking, type TrackingLook } from './tracking-look.js';

/** What one look at an account has shown. */
export interface AccountLook {
  readonly gateway: GatewayLook;
  /** `none`: the account is not tracked; undefined: its database does not answer. */
  readonly tracking: TrackingLook | 'none' | undefined;
  /** False: a provider was asked for keys and gave none that can be used; those before it stay. */
  readonly keysAreFresh: boolean;
}

/**
 * Looks at an account: its gateway and, where it is tracked, its database. Of those that are made at run
 * time it makes that one.
 *
 * @throws {GlomopayConfigurationError} there is no such account.
 */
export async function lookAtAccount(
  modules: ModuleRef,
  name: string | undefined,
  timeoutMs: number,
): Promise<AccountLook> {
  const customers = serviceOf(modules, CustomersService, name);
  if (customers === undefined) {
    const accounts = accountsOf(modules);
    if (name !== undefined && accounts !== undefined) {
      return accounts.use(name, (account) => lookAtMade(account, timeoutMs));
    }
    throw new GlomopayConfigurationError([
      'GlomopayHealthIndicator was asked about an account that no GlomopayModule is registered for',
    ]);
  }
  const inbox = serviceOf(modules, WebhookInbox, name);
  const movements = serviceOf(modules, TrackedMovements, name);
  return look(customers, inbox, movements, serviceOf(modules, GlomopayKeys, name), timeoutMs);
}

/** One that is made at run time; tracked or not, as all of them are. */
async function lookAtMade(account: OpenAccount, timeoutMs: number): Promise<AccountLook> {
  const of = <T>(service: Type<T>): T | undefined => {
    try {
      return account.get(service);
    } catch {
      return undefined;
    }
  };
  const customers = account.get(CustomersService);
  return look(customers, of(WebhookInbox), of(TrackedMovements), of(GlomopayKeys), timeoutMs);
}

async function look(
  customers: CustomersService,
  inbox: WebhookInbox | undefined,
  movements: TrackedMovements | undefined,
  keys: GlomopayKeys | undefined,
  timeoutMs: number,
): Promise<AccountLook> {
  const [gateway, tracking] = await Promise.all([
    lookAtGateway(customers, timeoutMs),
    inbox === undefined || movements === undefined
      ? ('none' as const)
      : lookAtTracking(inbox, movements, timeoutMs),
  ]);
  return { gateway, tracking, keysAreFresh: areFresh(keys) };
}

function areFresh(keys: GlomopayKeys | undefined): boolean {
  const { secretKey, webhookSecret } = keys?.look() ?? {};
  return secretKey?.fault === undefined && webhookSecret?.fault === undefined;
}

/** Of this application, when it makes accounts at run time. */
export function accountsOf(modules: ModuleRef): GlomopayAccounts | undefined {
  try {
    return modules.get<GlomopayAccounts>(GLOMOPAY_ACCOUNTS, { strict: false });
  } catch {
    return undefined;
  }
}

/** Wherever it is registered, global or not; undefined when it is not. */
function serviceOf<T>(modules: ModuleRef, service: Type<T>, name?: string): T | undefined {
  try {
    return modules.get<T>(getGlomopayToken(service, name), { strict: false });
  } catch {
    return undefined;
  }
}
