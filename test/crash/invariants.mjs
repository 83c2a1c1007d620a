import { grouped } from '../storm/grouped.mjs';
import { historyInvariants } from '../storm/history-invariants.mjs';
import { elsewhereInvariants } from './elsewhere-invariants.mjs';
import { milestoneInvariants } from './milestone-invariants.mjs';
import { outcomeInvariants } from './outcome-invariants.mjs';
import { named, succeeded } from './payment-facts.mjs';
import { refundInvariants } from './refund-invariants.mjs';
import { webhookInvariants } from './webhook-invariants.mjs';

// What must hold after every run. Each check gives its violations, as lines that name the payment.
export const invariants = [
  ...outcomeInvariants,
  ...refundInvariants,
  ...milestoneInvariants,
  ...elsewhereInvariants,
  ...webhookInvariants,
  ...historyInvariants,
  {
    title: 'every payment at the gateway has an intent',
    check: ({ payments, intents }) => {
      const known = new Set(intents.map(({ requestId }) => requestId));
      return payments
        .filter(({ requestId }) => !known.has(requestId))
        .map((payment) => `${named(payment)} was never written down`);
    },
  },
  {
    title: 'no request id, no order and no buyer is charged twice',
    check: ({ payments }) =>
      ['requestId', 'orderId', 'buyer'].flatMap((member) =>
        [...grouped(payments, (payment) => payment[member])]
          .filter(([, group]) => group.length > 1)
          .map(([key, group]) => `${member} ${key} has ${group.map(({ id }) => id)}`),
      ),
  },
  {
    title: 'who was told that nothing was charged has no payment',
    check: ({ payments, buyers }) => {
      const charged = grouped(payments, ({ buyer }) => buyer);
      return buyers
        .filter(
          ({ told, name }) => ['nothing charged', 'refused'].includes(told) && charged.has(name),
        )
        .map(({ told, name }) => `${name} was told "${told}" and has ${charged.get(name)[0].id}`);
    },
  },
  {
    title: 'no page claims an outcome that the gateway does not have',
    check: ({ buyers }) =>
      buyers.flatMap(({ name, claims }) =>
        claims
          .filter(isFalse)
          .map(({ by, claim, truth }) => `${name}: ${by} said ${claim}, the gateway ${truth}`),
      ),
  },
  {
    title: 'no card number, CVV, key or 3DS token is written down',
    check: ({ leaks }) => leaks,
  },
  {
    title: 'hosts die by our hand only, start again, and stop when asked',
    check: ({ hostFaults }) => hostFaults,
  },
  {
    title: 'the run did what it was asked to do',
    check: ({ buyers, kills, connectionsCut, wanted, payments, ...books }) => [
      ...(buyers.length === wanted.payments ? [] : [`${buyers.length} checkouts were sent`]),
      ...(kills === wanted.kills ? [] : [`${kills} kills happened`]),
      ...(connectionsCut >= wanted.cuts ? [] : [`${connectionsCut} connections were cut`]),
      ...(payments.some(succeeded) ? [] : ['no payment succeeded']),
      ...(books.refundsTold.length > 0 ? [] : ['no refund ended']),
      ...(books.milestones.length > 0 ? [] : ['no milestone was told']),
      ...(books.elsewhere.purchases.length > 0 ? [] : ['nothing was paid elsewhere']),
    ],
  },
];

// Which answers need which truth. An answer that promises nothing is never false.
const truthOf = new Map([
  ['success', 'success'],
  ['succeeded', 'success'],
  ['failed', 'failed'],
  ['pending', undefined],
  ['needs_attention', undefined],
]);

function isFalse({ claim, truth }) {
  if (!truthOf.has(claim)) return true;
  const needed = truthOf.get(claim);
  return needed !== undefined && truth !== undefined && needed !== truth;
}
