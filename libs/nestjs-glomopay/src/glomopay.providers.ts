import type { ClassProvider, FactoryProvider, Type } from '@nestjs/common';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { getGlomopayToken } from './config/glomopay.tokens.js';
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
    {
      provide: tokenOf(CallbackSignatureGuard),
      useFactory: (verifier: CallbackVerifier) => new CallbackSignatureGuard(verifier),
      inject: [tokenOf(CallbackVerifier)],
    },
    {
      provide: tokenOf(WebhookSignatureGuard),
      useFactory: (verifier: WebhookVerifier) => new WebhookSignatureGuard(verifier),
      inject: [tokenOf(WebhookVerifier)],
    },
  ];
}
