import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import type { OrderRecord } from '../orders/order.js';
import { ofOrder } from '../payments/payable.js';
import { openTransfer } from '../payments/mock-transfer.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { sideIn } from './lrs-quote.js';
import type { LrsQuoteRecord } from './lrs-quote.js';

/** What remitting works on. */
export interface RemitContext extends Pick<ResourceKit, 'owner' | 'clock' | 'publish'> {
  readonly orders: Book<OrderRecord>;
  readonly payments: Book<PaymentRecord>;
  readonly customers: Book<Customer>;
  readonly quotes: Book<LrsQuoteRecord>;
}

/**
 * The buyer begins to remit at the checkout: a payment in progress, of which the merchant's servers are
 * told. It ends as its bank decides, and is usable only after `mock-funds-available`.
 *
 * @throws {GatewayError} 400 unless the order is an active remittance without another one under way.
 */
export function startRemittance(order: OrderRecord, context: RemitContext): PaymentRecord {
  const { payments, customers, quotes, publish } = context;
  const quote = quotes.get(order.lrs?.lrs_quote_id ?? '')?.quote;
  if (!order.lrs || !quote) throw GatewayError.badRequest('Order is not a remittance');
  if (order.status !== 'active') throw GatewayError.badRequest('Order is not active');
  if (payments.list().some(({ payment }) => isUnderWay(payment, order))) {
    throw GatewayError.badRequest('The order has an existing in progress payment');
  }
  const record = openTransfer(
    {
      payable: ofOrder(order),
      charged: sideIn('INR', quote),
      customer: customers.get(order.customer_id),
      remittance: order.lrs.remittance_information,
    },
    context,
  );
  publish({ entityType: 'payment', eventType: 'in_progress', data: record.payment });
  return record;
}

function isUnderWay({ payin_id, status }: PaymentRecord['payment'], { id }: OrderRecord): boolean {
  return payin_id === id && status === 'in_progress';
}
