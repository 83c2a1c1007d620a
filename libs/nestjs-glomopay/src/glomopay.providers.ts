import type { ClassProvider, ExistingProvider, FactoryProvider, Type } from '@nestjs/common';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { GlomopayAccounts } from './config/glomopay-accounts.js';
import { DEFAULT_ACCOUNT, getGlomopayToken, GLOMOPAY_ACCOUNTS } from './config/glomopay.tokens.js';
import { CustomersService } from './customers/customers.service.js';
import { OrdersService } from './orders/orders.service.js';
import { PaymentsService } from './payments/payments.service.js';
import { WebhookSignatureGuard } from './webhooks/webhook-signature.guard.js';
import { WebhookVerifier } from './webhooks/webhook-verifier.js';

/** They inject nothing of each other: by its class a named account would get the default one's. */
const services: readonly Type<unknown>[] = [
  OrdersService,
  PaymentsService,
  CustomersService,
  CallbackVerifier,
  WebhookVerifier,
];

const guards = [CallbackSignatureGuard, WebhookSignatureGuard] as const;

/**
 * What a host can inject of an account: every service, the guards, and the verifiers without HTTP.
 *
 * A named account has them under tokens of its own alone. If it had the classes too, `app.get()`
 * would find those of whichever account was registered last.
 */
export function exportedProviders(account?: string): (ClassProvider | FactoryProvider)[] {
  const tokenOf = (service: Type<unknown>) => getGlomopayToken(service, account);
  return [
    ...services.map((service) => ({ provide: tokenOf(service), useClass: service })),
    ...guards.map((guard) => ({
      provide: tokenOf(guard),
      useFactory: (accounts: GlomopayAccounts) =>
        new guard(account === undefined ? accounts : accounts.fixedTo(account)),
      inject: [GlomopayAccounts],
    })),
  ];
}

/**
 * The same under symbols, by which a package that loaded the other build of this library finds them:
 * its classes are not ours.
 */
export function sharedProviders(account?: string): ExistingProvider[] {
  const accounts = { provide: GLOMOPAY_ACCOUNTS, useExisting: GlomopayAccounts };
  if (account !== undefined) return [accounts];
  const named = [...services, ...guards].map((service) => ({
    provide: getGlomopayToken(service, DEFAULT_ACCOUNT),
    useExisting: service,
  }));
  return [accounts, ...named];
}
