import {
  type ClassProvider,
  ConfigurableModuleBuilder,
  type ExistingProvider,
  type Provider,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { servicesOf, type AccountServices } from '../config/account-door.js';
import { DEFAULT_ACCOUNT, getGlomopayToken, GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { WebhookInbox } from './inbox/webhook-inbox.js';
import { checkedRoute, type WebhookRouteOptions } from './route/webhook-route-options.js';
import { TrackedMovements } from './movements/tracked-movements.js';
import { Reconciliation } from './reconciliation/reconciliation.js';
import { PaymentTracker } from './payments/payment-tracker.js';
import { RefundTracker } from './refunds/refund-tracker.js';
import type { GlomopayTrackingOptions } from './config/tracking-options.js';
import {
  GLOMOPAY_TRACKED_INBOX,
  GLOMOPAY_TRACKED_MOVEMENTS,
  GLOMOPAY_TRACKED_PAYINS,
  GLOMOPAY_TRACKED_PAYMENTS,
  GLOMOPAY_TRACKED_REFUNDS,
  GLOMOPAY_TRACKED_WEBHOOKS,
  GLOMOPAY_TRACKING_ACCOUNT,
  GLOMOPAY_TRACKING_OPTIONS,
  GLOMOPAY_WEBHOOK_ROUTE,
} from './config/tracking.tokens.js';

/** What a registration of tracking says beside the options themselves. */
export interface GlomopayTrackingRegistration {
  /** Whether the tracker can be injected everywhere. @defaultValue true */
  readonly isGlobal?: boolean;
  /** The merchant account, as `GlomopayModule` has it. @defaultValue the default account */
  readonly name?: string | undefined;
  /** A ready-made route for the account's webhooks. @defaultValue none: the host has a route of its own */
  readonly webhooks?: WebhookRouteOptions | undefined;
}

/** What a host injects, each account's own under its own token. */
export const trackedServices = [
  PaymentTracker,
  RefundTracker,
  TrackedMovements,
  Reconciliation,
  WebhookInbox,
] as const;

const defaults: GlomopayTrackingRegistration = {
  isGlobal: true,
  name: undefined,
  webhooks: undefined,
};

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<GlomopayTrackingOptions>({
    optionsInjectionToken: GLOMOPAY_TRACKING_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGlomopayTrackingOptions')
    .setExtras(defaults, (definition, { isGlobal = true, name, webhooks }) => ({
      ...definition,
      global: isGlobal,
      providers: [
        ...(definition.providers ?? []),
        ...throughDoor(name),
        ...accountProviders(name, webhooks),
        ...sharedServices(name),
      ],
      exports: [...servicesUnder(name), ...sharedServices(name)].map(({ provide }) => provide),
    }))
    .build();

/** What tracking needs of its account, from the registration of it. */
function throughDoor(name?: string): Provider[] {
  const ofAccount = (provide: symbol, service: keyof AccountServices): Provider => ({
    provide,
    useFactory: async (modules: ModulesContainer) =>
      (await servicesOf(modules, name ?? DEFAULT_ACCOUNT))[service],
    inject: [ModulesContainer],
  });
  return [
    ofAccount(GLOMOPAY_TRACKED_PAYMENTS, 'payments'),
    ofAccount(GLOMOPAY_TRACKED_PAYINS, 'payins'),
    ofAccount(GLOMOPAY_TRACKED_REFUNDS, 'refunds'),
    ofAccount(GLOMOPAY_TRACKED_WEBHOOKS, 'webhooks'),
    ofAccount(GLOMOPAY_CLOCK, 'clock'),
  ];
}

/** By symbols and the account's own tokens: by its class a service would be the last account's. */
export function accountProviders(name?: string, webhooks?: WebhookRouteOptions): Provider[] {
  return [
    { provide: GLOMOPAY_TRACKING_ACCOUNT, useValue: name ?? DEFAULT_ACCOUNT },
    { provide: GLOMOPAY_TRACKED_MOVEMENTS, useExisting: getGlomopayToken(TrackedMovements, name) },
    { provide: GLOMOPAY_TRACKED_INBOX, useExisting: getGlomopayToken(WebhookInbox, name) },
    {
      provide: GLOMOPAY_WEBHOOK_ROUTE,
      useValue: webhooks === undefined ? null : checkedRoute(webhooks),
    },
    ...servicesUnder(name),
  ];
}

function servicesUnder(name?: string): ClassProvider[] {
  return trackedServices.map((service) => ({
    provide: getGlomopayToken(service, name),
    useClass: service,
  }));
}

/** Under symbols too, by which a package that loaded the other build of this library finds them. */
function sharedServices(name?: string): ExistingProvider[] {
  if (name !== undefined) return [];
  return trackedServices.map((service) => ({
    provide: getGlomopayToken(service, DEFAULT_ACCOUNT),
    useExisting: service,
  }));
}
