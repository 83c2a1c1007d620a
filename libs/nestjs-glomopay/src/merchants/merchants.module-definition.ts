import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import { systemClock } from '../config/clock.js';
import { GlomopayAccounts } from '../config/glomopay-accounts.js';
import { GLOMOPAY_ACCOUNTS, GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { SharedAgents } from '../http/shared-agents.js';
import { Telemetry } from '../telemetry/telemetry.js';
import {
  checkedSharedRoute,
  type WebhookRouteOptions,
} from '../tracking/route/webhook-route-options.js';
import { AccountMaker } from './account-maker.js';
import { MerchantAccounts } from './merchant-accounts.js';
import { MerchantReceiver } from './merchant-receiver.js';
import { MerchantRoute } from './merchant-route.js';
import { merchantsConfig, type GlomopayMerchantsOptions } from './merchants-options.js';
import {
  GLOMOPAY_MERCHANTS_CONFIG,
  GLOMOPAY_MERCHANTS_HTTP,
  GLOMOPAY_MERCHANTS_OPTIONS,
  GLOMOPAY_MERCHANTS_ROUTE,
} from '../config/merchants.tokens.js';

/** What a registration of `GlomopayMerchantsModule` says beside the options themselves. */
export interface GlomopayMerchantsRegistration {
  /** Whether `GlomopayAccounts` can be injected everywhere. @defaultValue true */
  readonly isGlobal?: boolean;
  /**
   * One ready-made route for the webhooks of all accounts made at run time, with `:account` in its path:
   * `/webhooks/glomopay/:account`. Needs `tracking`. @defaultValue none: the host has a route of its own
   */
  readonly webhooks?: WebhookRouteOptions | undefined;
  /** Providers that the options factory injects and no imported module exports. @defaultValue none */
  readonly extraProviders?: readonly Provider[];
}

const defaults: GlomopayMerchantsRegistration = {
  isGlobal: true,
  webhooks: undefined,
  extraProviders: [],
};

/** What an application has once, however many accounts it makes. */
export const merchantsProviders: readonly Provider[] = [
  {
    provide: GLOMOPAY_MERCHANTS_CONFIG,
    useFactory: merchantsConfig,
    inject: [GLOMOPAY_MERCHANTS_OPTIONS],
  },
  { provide: GLOMOPAY_CLOCK, useValue: systemClock },
  { provide: GLOMOPAY_MERCHANTS_HTTP, useValue: null },
  { provide: SharedAgents, useFactory: () => new SharedAgents() },
  Telemetry,
  AccountMaker,
  MerchantAccounts,
  MerchantReceiver,
  MerchantRoute,
];

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<GlomopayMerchantsOptions>({
    optionsInjectionToken: GLOMOPAY_MERCHANTS_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGlomopayMerchantsOptions')
    .setExtras(defaults, (definition, { isGlobal = true, webhooks, extraProviders = [] }) => ({
      ...definition,
      global: isGlobal,
      providers: [
        ...(definition.providers ?? []),
        ...extraProviders,
        {
          provide: GLOMOPAY_MERCHANTS_ROUTE,
          useValue: webhooks === undefined ? null : checkedSharedRoute(webhooks),
        },
        GlomopayAccounts,
        { provide: GLOMOPAY_ACCOUNTS, useExisting: GlomopayAccounts },
      ],
      exports: [GlomopayAccounts, GLOMOPAY_ACCOUNTS],
    }))
    .build();
