import type {
  Order,
  OrdersService,
  Payment,
  PaymentsService,
  Rfi,
  RfisService,
} from '../../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

interface Known {
  readonly order: Order;
  readonly payment: Payment;
  readonly rfi: Rfi;
  /** As a database gives it. */
  readonly text: string;
}

export async function answers(
  orders: OrdersService,
  payments: PaymentsService,
  rfis: RfisService,
  { order, payment, rfi, text }: Known,
): Promise<void> {
  // Every requirement can be answered as it came.
  const asked = [
    ...order.rfiDocuments,
    ...(payment.rfi?.documentsRequired ?? []),
    ...rfi.documentsRequired,
  ];
  const given = asked.map(({ rfiDocId }) => ({ rfiDocId, documentId: text }));
  await orders.submitRfi(order.id, given);
  await payments.submitRfi(payment.id, given);
  await rfis.respond(rfi.id, given);
  await rfis.respond(payment.rfi?.id ?? text, given);
  // @ts-expect-error an order is no request
  await rfis.respond(order.id, given);
  // @ts-expect-error nor does it answer one
  await rfis.respond(rfi.id, [{ rfiDocId: text, documentId: order.id }]);
}

export async function transfers(
  payments: PaymentsService,
  { order, payment }: Known,
): Promise<void> {
  for (const { id } of await payments.eligiblePayins(payment.id)) {
    await payments.connectPayin(payment.id, id);
  }
  await payments.connectPayin(payment.id, order.id);
  // @ts-expect-error a customer is nothing to pay
  await payments.connectPayin(payment.id, order.customerId);
  // @ts-expect-error an order is no payment
  await payments.connectPayin(order.id, order.id);
}

export function money({
  requestedAmount,
  transferred,
}: {
  requestedAmount: Payment['requestedAmount'];
  transferred: number;
}): boolean {
  // @ts-expect-error it may be null: a transfer that nobody asked for
  const amount: number = requestedAmount;
  return amount === transferred;
}
