import { grouped } from '../storm/grouped.mjs';
import { succeeded } from './payment-facts.mjs';

// What must hold of orders that were expected, and paid elsewhere.
export const elsewhereInvariants = [
  {
    title: 'every expected order has one purchase when it was paid elsewhere, and waits when not',
    check: ({ elsewhere }) => {
      const purchases = grouped(elsewhere.purchases, ({ reference }) => reference);
      const states = new Map(elsewhere.records.map(({ reference, state }) => [reference, state]));
      return elsewhere.orders.flatMap(({ id, reference }) => {
        const paid = elsewhere.payments.filter((one) => one.orderId === id).filter(succeeded);
        const wanted = paid.map((one) => `succeeded ${one.id} ${one.amount} ${one.currency}`);
        const found = (purchases.get(reference) ?? []).map(
          (row) => `${row.outcome} ${row.paymentId} ${row.amount} ${row.currency}`,
        );
        const state = states.get(reference);
        const fits = paid.length > 0 ? state === 'succeeded' : isOpen(state);
        return fits && found.join() === wanted.join()
          ? []
          : [`${reference} (${state}) has purchases [${found}] and was paid by [${wanted}]`];
      });
    },
  },
];

function isOpen(state) {
  return state === 'created' || state === 'attempted';
}
