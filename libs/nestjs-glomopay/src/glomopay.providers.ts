import type {
  ClassProvider,
  ExistingProvider,
  FactoryProvider,
  Provider,
  Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { systemClock } from './config/clock.js';
import type { GlomopayConfig } from './config/glomopay-config.js';
import { AccountDoor } from './config/account-door.js';
import { GlomopayAccounts } from './config/glomopay-accounts.js';
import {
  DEFAULT_ACCOUNT,
  getGlomopayToken,
  GLOMOPAY_ACCOUNTS,
  GLOMOPAY_AGENTS,
  GLOMOPAY_CLOCK,
  GLOMOPAY_CONFIG,
  GLOMOPAY_DOOR,
  GLOMOPAY_GATE,
  GLOMOPAY_HTTP,
  GLOMOPAY_MODULE_OPTIONS,
} from './config/glomopay.tokens.js';
import { resolveConfig } from './config/resolve-config.js';
import { GatewayClient } from './http/gateway-client.js';
import { GlomopayHttp } from './http/glomopay-http.js';
import type { SharedAgents } from './http/shared-agents.js';
import { BalancesService } from './api/balances/balances.service.js';
import { CustomersService } from './api/customers/customers.service.js';
import { DocumentsService } from './api/documents/documents.service.js';
import { MocksService } from './api/mocks/mocks.service.js';
import { OrdersService } from './api/orders/orders.service.js';
import { PaymentLinksService } from './api/payment-links/payment-links.service.js';
import { PaymentPoller } from './api/payments/payment-poller.js';
import { PaymentsService } from './api/payments/payments.service.js';
import { RfisService } from './api/rfis/rfis.service.js';
import { RawRequestsService } from './api/raw-requests/raw-requests.service.js';
import { RefundsService } from './api/refunds/refunds.service.js';
import { PricesService } from './api/prices/prices.service.js';
import { QuotesService } from './api/quotes/quotes.service.js';
import { SubscriptionsService } from './api/subscriptions/subscriptions.service.js';
import { GlomopayKeys } from './keys/glomopay-keys.js';
import { WebhookSignatureGuard } from './webhooks/webhook-signature.guard.js';
import { WebhookVerifier } from './webhooks/webhook-verifier.js';

/** What the services of every account stand on, registered or made at run time. */
export const coreProviders: readonly Provider[] = [
  {
    provide: GLOMOPAY_CONFIG,
    useFactory: resolveConfig,
    inject: [GLOMOPAY_MODULE_OPTIONS, GLOMOPAY_CLOCK],
  },
  { provide: GLOMOPAY_CLOCK, useValue: systemClock },
  { provide: GLOMOPAY_GATE, useValue: null },
  { provide: GLOMOPAY_AGENTS, useValue: null },
  {
    provide: GLOMOPAY_HTTP,
    useFactory: (config: GlomopayConfig, agents: SharedAgents | null) =>
      new GlomopayHttp(config, agents ?? undefined),
    inject: [GLOMOPAY_CONFIG, GLOMOPAY_AGENTS],
  },
  GatewayClient,
  PaymentPoller,
];

/** None injects another: by its class a named account would get the default one's. */
export const services: readonly Type<unknown>[] = [
  OrdersService,
  PaymentsService,
  CustomersService,
  RefundsService,
  DocumentsService,
  PaymentLinksService,
  QuotesService,
  PricesService,
  SubscriptionsService,
  RfisService,
  BalancesService,
  MocksService,
  RawRequestsService,
  CallbackVerifier,
  WebhookVerifier,
  GlomopayKeys,
];

const LEFT_AT_DOOR = Symbol.for('nestjs-glomopay:left-at-door');

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

/** The account's door, and what goes through it once it is made. */
export function doorProviders(account?: string): Provider[] {
  return [
    { provide: GLOMOPAY_DOOR, useValue: new AccountDoor() },
    {
      provide: LEFT_AT_DOOR,
      useFactory: (
        door: AccountDoor,
        modules: ModulesContainer,
        payments: unknown,
        refunds: unknown,
        webhooks: unknown,
        clock: unknown,
        orders: unknown,
        paymentLinks: unknown,
        subscriptions: unknown,
      ) => {
        const payins = { orders, paymentLinks, subscriptions };
        door.leave(modules, { payments, payins, refunds, webhooks, clock });
        return true;
      },
      inject: [
        GLOMOPAY_DOOR,
        ModulesContainer,
        getGlomopayToken(PaymentsService, account),
        getGlomopayToken(RefundsService, account),
        getGlomopayToken(WebhookVerifier, account),
        GLOMOPAY_CLOCK,
        getGlomopayToken(OrdersService, account),
        getGlomopayToken(PaymentLinksService, account),
        getGlomopayToken(SubscriptionsService, account),
      ],
    },
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
