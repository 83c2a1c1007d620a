import { grouped } from '../storm/grouped.mjs';
import { succeeded } from './payment-facts.mjs';

// What must hold of milestones. Whether compliance was seen asking depends on when somebody looked.
export const milestoneInvariants = [
  {
    title: 'every milestone that a payment came to was told exactly once',
    check: ({ payments, elsewhere, milestones }) => {
      const told = grouped(milestones, nameOf);
      return [...payments, ...elsewhere.payments].filter(succeeded).flatMap((payment) =>
        reachedBy(payment).flatMap((milestone) => {
          const name = nameOf({ paymentId: payment.id, milestone });
          const count = told.get(name)?.length ?? 0;
          return count === 1 ? [] : [`${name} was told ${count} times`];
        }),
      );
    },
  },
  {
    title: 'no milestone was told that a payment has not come to',
    check: ({ payments, elsewhere, milestones }) => {
      const reached = new Set(
        [...payments, ...elsewhere.payments]
          .filter(succeeded)
          .flatMap((payment) =>
            [
              ...reachedBy(payment),
              ...(payment.wasAskedAbout ? ['compliance_action_required'] : []),
            ].map((milestone) => nameOf({ paymentId: payment.id, milestone })),
          ),
      );
      return milestones
        .filter((told) => !reached.has(nameOf(told)))
        .map((told) => `${nameOf(told)} was told`);
    },
  },
];

function reachedBy({ fundsAvailable, complianceStatus }) {
  return [
    ...(fundsAvailable ? ['funds_available'] : []),
    ...(complianceStatus === 'rejected' ? ['compliance_rejected'] : []),
  ];
}

function nameOf({ paymentId, milestone }) {
  return `${milestone} of ${paymentId}`;
}
