import type { ModuleRef } from '@nestjs/core';
import type { Type } from '@nestjs/common';
import { getGlomopayToken } from '../config/glomopay.tokens.js';
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
 * Looks at an account: its gateway and, where it is tracked, its database.
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
    throw new GlomopayConfigurationError([
      'GlomopayHealthIndicator was asked about an account that no GlomopayModule is registered for',
    ]);
  }
  const inbox = serviceOf(modules, WebhookInbox, name);
  const movements = serviceOf(modules, TrackedMovements, name);
  const [gateway, tracking] = await Promise.all([
    lookAtGateway(customers, timeoutMs),
    inbox === undefined || movements === undefined
      ? ('none' as const)
      : lookAtTracking(inbox, movements, timeoutMs),
  ]);
  return { gateway, tracking, keysAreFresh: areFresh(serviceOf(modules, GlomopayKeys, name)) };
}

function areFresh(keys: GlomopayKeys | undefined): boolean {
  const { secretKey, webhookSecret } = keys?.look() ?? {};
  return secretKey?.fault === undefined && webhookSecret?.fault === undefined;
}

/** Wherever it is registered, global or not; undefined when it is not. */
function serviceOf<T>(modules: ModuleRef, service: Type<T>, name?: string): T | undefined {
  try {
    return modules.get<T>(getGlomopayToken(service, name), { strict: false });
  } catch {
    return undefined;
  }
}
