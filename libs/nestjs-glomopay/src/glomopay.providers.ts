import type { Type } from '@nestjs/common';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { CustomersService } from './customers/customers.service.js';
import { OrdersService } from './orders/orders.service.js';
import { PaymentsService } from './payments/payments.service.js';

/** What a host can inject: every service, the guard, and the verifier without HTTP. */
export const exportedProviders: Type<unknown>[] = [
  OrdersService,
  PaymentsService,
  CustomersService,
  CallbackVerifier,
  CallbackSignatureGuard,
];
