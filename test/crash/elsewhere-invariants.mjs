import { grouped } from '../storm/grouped.mjs';
import { succeeded } from './payment-facts.mjs';

// What must hold of orders that were expected, and paid elsewhere.
export const elsewhereInvariants = [
  {
    title:
      'every expected order that was paid elsewhere has exactly one purchase, and no other has any',
    check: ({ elsewhere }) => {
      const purchases = grouped(elsewhere.purchases, ({ reference }) => reference);
      return elsewhere.orders.flatMap(({ id, reference }) => {
        const paid = elsewhere.payments.filter((one) => one.orderId === id).filter(succeeded);
        const wanted = paid.map((one) => `succeeded ${one.id} ${one.amount} ${one.currency}`);
        const found = (purchases.get(reference) ?? []).map(
          (row) => `${row.outcome} ${row.paymentId} ${row.amount} ${row.currency}`,
        );
        return found.join() === wanted.join()
          ? []
          : [`${reference} has purchases [${found}] and was paid by [${wanted}]`];
      });
    },
  },
  {
    title: 'every expectation has ended, or its order is open',
    check: ({ elsewhere }) => {
      const orders = new Map(elsewhere.orders.map((order) => [order.reference, order]));
      return elsewhere.records
        .filter(({ reference, state }) => {
          const isPaid = orders.get(reference)?.status === 'paid';
          return isPaid ? state !== 'succeeded' : !['created', 'attempted'].includes(state);
        })
        .map(({ reference, state }) => `${reference} is ${state}`);
    },
  },
];
