import { randomBytes } from 'node:crypto';
import { CardAuthentication } from './authentication/card-authentication.js';
import type { Customer } from './customers/customer.js';
import { CustomerDirectory } from './customers/customer-directory.js';
import { demoCustomer } from './customers/demo-customer.js';
import { FaultQueue } from './faults/fault-queue.js';
import { newId } from './gateway/object-id.js';
import { RequestLog } from './gateway/request-log.js';
import { KeyRing } from './keys/key-ring.js';
import type { KeyOwner } from './keys/secret-key.js';
import { OrderBook } from './orders/order-book.js';
import { PaymentLedger } from './payments/payment-ledger.js';
import type { ResolvedOptions } from './sandbox-options.js';

/** Everything one sandbox knows. */
export interface GatewayState {
  readonly options: ResolvedOptions;
  readonly owner: KeyOwner;
  readonly keys: KeyRing;
  readonly webhookSecret: string;
  readonly demoCustomer: Customer | undefined;
  readonly customers: CustomerDirectory;
  readonly orders: OrderBook;
  readonly payments: PaymentLedger;
  readonly faults: FaultQueue;
  readonly requests: RequestLog;
  readonly authentication: CardAuthentication;
}

export async function newGatewayState(options: ResolvedOptions): Promise<GatewayState> {
  const { clock, environment } = options;
  const owner = { merchantId: newId('merch', clock), environment };
  const keys = await KeyRing.create(owner, clock);
  const customers = new CustomerDirectory();
  const orders = new OrderBook(clock);
  const payments = new PaymentLedger();
  const faults = new FaultQueue(keys);
  return {
    options,
    owner,
    keys,
    webhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
    demoCustomer: options.seedDemoCustomer ? customers.save(demoCustomer(clock)) : undefined,
    customers,
    orders,
    payments,
    faults,
    requests: new RequestLog(),
    authentication: new CardAuthentication({ payments, orders, keys, faults, clock }),
  };
}
