import { grouped, repeated } from '../storm/grouped.mjs';
import { failed, named, referenceOf, succeeded } from './payment-facts.mjs';

// What must hold of outcomes: each exactly once, none lost, none invented.
export const outcomeInvariants = [
  {
    title: 'every success has exactly one purchase, over the right amount',
    check: ({ payments, purchases }) =>
      payments.filter(succeeded).flatMap((payment) => {
        const rows = purchasesOf(purchases, payment).filter(
          ({ outcome }) => outcome === 'succeeded',
        );
        if (rows.length !== 1) return [`${named(payment)} has ${rows.length} succeeded purchases`];
        const [row] = rows;
        const fits = Number(row.amount) === payment.amount && row.currency === payment.currency;
        return fits ? [] : [`${named(payment)} was recorded as ${row.amount} ${row.currency}`];
      }),
  },
  {
    title: 'no purchase succeeded without a success at the gateway',
    check: ({ payments, purchases }) => {
      const paid = new Set(payments.filter(succeeded).map(referenceOf));
      return purchases
        .filter(({ outcome, reference }) => outcome === 'succeeded' && !paid.has(reference))
        .map(({ reference }) => `purchase ${reference} succeeded, its payment did not`);
    },
  },
  {
    title: 'every failure has exactly one purchase, and it failed',
    check: ({ payments, purchases }) =>
      payments.filter(failed).flatMap((payment) => {
        const outcomes = purchasesOf(purchases, payment).map(({ outcome }) => outcome);
        return outcomes.join() === 'failed'
          ? []
          : [`${named(payment)} has purchases [${outcomes}]`];
      }),
  },
  {
    title: 'no payment has two outcomes',
    check: ({ purchases }) =>
      repeated(purchases.map(({ reference }) => reference)).map(
        (reference) => `purchase ${reference} was recorded more than once`,
      ),
  },
  {
    title: 'every outcome was confirmed to its buyer, in one letter',
    check: ({ purchases, elsewhere, confirmations }) => {
      const letters = grouped(confirmations, nameOfOutcome);
      return [...purchases, ...elsewhere.purchases].flatMap((purchase) => {
        const count = letters.get(nameOfOutcome(purchase))?.length ?? 0;
        return count === 1 ? [] : [`${nameOfOutcome(purchase)} has ${count} letters`];
      });
    },
  },
  {
    title: 'no letter tells of anything but an outcome',
    check: ({ purchases, elsewhere, confirmations }) => {
      const known = new Set([...purchases, ...elsewhere.purchases].map(nameOfOutcome));
      return confirmations
        .filter((letter) => !known.has(nameOfOutcome(letter)))
        .map((letter) => `${nameOfOutcome(letter)} was told and is no outcome`);
    },
  },
  {
    title: 'nothing waits that the gateway has finished',
    check: ({ payments, intents }) => {
      const states = new Map(intents.map((intent) => [intent.requestId, intent.state]));
      return payments
        .filter((payment) => succeeded(payment) || failed(payment))
        .filter(({ requestId }) => ['created', 'attempted'].includes(states.get(requestId)))
        .map((payment) => `${named(payment)} is still open in the shop`);
    },
  },
  {
    title: 'every intent has ended, needs a person, or waits for the bank',
    check: ({ payments, intents }) => {
      const open = new Set(
        payments.filter(({ status }) => status === 'in_progress').map(({ requestId }) => requestId),
      );
      return intents
        .filter(({ state }) => state === 'created' || state === 'attempted')
        .filter(({ requestId }) => !open.has(requestId))
        .map(({ requestId, state }) => `${requestId} is ${state}, the gateway has nothing open`);
    },
  },
  {
    title: 'every intent that ended agrees with the gateway',
    check: ({ payments, intents }) => {
      const statuses = new Map(payments.map(({ requestId, status }) => [requestId, status]));
      return intents.flatMap(({ requestId, state, reason }) => {
        const status = statuses.get(requestId) ?? 'nothing';
        const fits =
          (state === 'succeeded' && status === 'success') ||
          (state === 'failed' && (status === 'failed' || status === 'nothing')) ||
          ['created', 'attempted', 'needs_attention'].includes(state);
        return fits ? [] : [`${requestId} is ${state} (${reason}), the gateway has ${status}`];
      });
    },
  },
  {
    title: 'every checkout that was acknowledged is still there',
    check: ({ buyers, checkouts, intents }) => {
      const kept = new Set(checkouts.map(({ reference }) => reference));
      const told = buyers.map(({ reference }) => reference).filter((one) => one !== undefined);
      return [...new Set([...told, ...intents.map(({ reference }) => reference)])]
        .filter((reference) => !kept.has(reference))
        .map((reference) => `checkout ${reference} is gone`);
    },
  },
];

function purchasesOf(purchases, payment) {
  return purchases.filter(({ reference }) => reference === referenceOf(payment));
}

function nameOfOutcome({ reference, outcome, paymentId }) {
  return `${reference} ${outcome} ${paymentId ?? 'without a payment'}`;
}
