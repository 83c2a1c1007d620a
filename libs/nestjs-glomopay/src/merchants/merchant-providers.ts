import type { InjectionToken, Provider, Type } from '@nestjs/common';
import { blueprintOf, type Blueprint } from '../config/account-container.js';
import { CallbackSignatureGuard } from '../callback/callback-signature.guard.js';
import { coreProviders, exportedProviders, services } from '../glomopay.providers.js';
import { OrdersService } from '../api/orders/orders.service.js';
import { PaymentLinksService } from '../api/payment-links/payment-links.service.js';
import { PaymentPoller } from '../api/payments/payment-poller.js';
import { PaymentsService } from '../api/payments/payments.service.js';
import { RefundsService } from '../api/refunds/refunds.service.js';
import { SubscriptionsService } from '../api/subscriptions/subscriptions.service.js';
import {
  GLOMOPAY_TRACKED_PAYINS,
  GLOMOPAY_TRACKED_PAYMENTS,
  GLOMOPAY_TRACKED_REFUNDS,
  GLOMOPAY_TRACKED_WEBHOOKS,
} from '../tracking/config/tracking.tokens.js';
import { HandlerGroups } from '../tracking/handlers/handler-groups.js';
import { HandlerRoll } from '../tracking/handlers/handler-roll.js';
import { EventListeners } from '../tracking/inbox/event-listeners.js';
import { EventWorker } from '../tracking/inbox/event-worker.js';
import { WebhookReceiver } from '../tracking/route/webhook-receiver.js';
import { TrackingWork } from '../tracking/tracking-work.js';
import { accountProviders, trackedServices } from '../tracking/tracking.module-definition.js';
import { trackingProviders } from '../tracking/tracking.providers.js';
import { WebhookSignatureGuard } from '../webhooks/webhook-signature.guard.js';
import { WebhookVerifier } from '../webhooks/webhook-verifier.js';

/** Where tracking has the services of its account: a registered one leaves them at its door. */
const ofSameContainer: readonly Provider[] = [
  { provide: GLOMOPAY_TRACKED_PAYMENTS, useExisting: PaymentsService },
  { provide: GLOMOPAY_TRACKED_REFUNDS, useExisting: RefundsService },
  { provide: GLOMOPAY_TRACKED_WEBHOOKS, useExisting: WebhookVerifier },
  {
    provide: GLOMOPAY_TRACKED_PAYINS,
    useFactory: (orders: unknown, paymentLinks: unknown, subscriptions: unknown) => ({
      orders,
      paymentLinks,
      subscriptions,
    }),
    inject: [OrdersService, PaymentLinksService, SubscriptionsService],
  },
];

/**
 * What an account is made of, by the same lists as a registered one. Under the classes themselves: each
 * account has a container of its own, and a symbol for each name would stay in the process for ever.
 */
const plain = blueprintOf([...coreProviders, ...exportedProviders()]);
const tracked = blueprintOf([
  ...coreProviders,
  ...exportedProviders(),
  ...ofSameContainer,
  ...accountProviders(),
  ...trackingProviders,
]);

/** What hosts ask an account for. */
const forHosts: readonly Type<unknown>[] = [
  ...services,
  CallbackSignatureGuard,
  WebhookSignatureGuard,
];
/** What we ask it for. */
const forUs = [
  HandlerGroups,
  HandlerRoll,
  EventListeners,
  EventWorker,
  TrackingWork,
  WebhookReceiver,
] as const;

const byName = new Map<string, Type<unknown>>(
  [...forHosts, ...trackedServices].map((service) => [service.name, service]),
);

/** What an account can be made of. */
export function merchantBlueprint(isTracked: boolean): Blueprint {
  return isTracked ? tracked : plain;
}

/** What is made with the account; the rest, such as a route of its own, is not made at all. */
export function madeAtOnce(isTracked: boolean): readonly InjectionToken[] {
  const own: readonly Type<unknown>[] = [...forHosts, PaymentPoller];
  return isTracked ? [...own, ...trackedServices, ...forUs] : own;
}

/** The class of this copy of the library that hosts know by a name. */
export function ownClass(name: string): InjectionToken {
  return byName.get(name) ?? name;
}
