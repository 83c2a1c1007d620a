import { grouped } from '../storm/grouped.mjs';

// How a record stands when the gateway has a refund for it, by the refund's status.
const statesOf = {
  success: ['succeeded', 'needs_attention'],
  failed: ['failed'],
  cancelled: ['failed'],
  in_progress: ['attempted'],
};
const reasonsWithout = ['rejected', 'not_sent', 'never_arrived', 'unexpected_success'];

// What must hold of refunds: each at the gateway once or not at all, each end told once, no money
// beside the books.
export const refundInvariants = [
  {
    title: 'every refund at the gateway has one record, which says how it ended',
    check: ({ refunds, refundRecords }) => {
      const records = grouped(refundRecords, ({ objectId }) => objectId);
      return refunds
        .filter((refund) => !isUnnoticed(refund))
        .flatMap((refund) => {
          const [record, ...others] = records.get(refund.id) ?? [];
          if (record === undefined || others.length > 0) {
            return [`${named(refund)} has ${record ? others.length + 1 : 0} records`];
          }
          const isIts = record.requestId === refund.requestId || isStrayOf(record, refund);
          const fits = isIts && statesOf[refund.status]?.includes(record.state);
          return fits ? [] : [`${named(refund)} is ${record.state} as ${record.requestId}`];
        });
    },
  },
  {
    title: 'every refund without one at the gateway says so, and none is there twice',
    check: ({ refunds, refundRecords, refundRows }) => {
      const atGateway = grouped(refunds, ({ requestId }) => requestId);
      const records = new Map(refundRecords.map((record) => [record.requestId, record]));
      return [
        ...[...atGateway]
          .filter(([, group]) => group.length > 1)
          .map(([requestId, group]) => `${requestId} is ${group.map(({ id }) => id)}`),
        ...refundRecords
          .filter(({ objectId, state, reason }) => objectId === null && !saysNone(state, reason))
          .map(({ requestId, state, reason }) => `${requestId} is ${state} (${reason}), with none`),
        // The shop writes before the library does; between the two it may be killed.
        ...refundRows
          .filter(({ requestId, state }) => !records.has(requestId) && state !== 'asked')
          .map(({ requestId, state }) => `${requestId} is ${state} without a record`),
      ];
    },
  },
  {
    title: 'every refund that ended was told once, as it ended and over the right amount',
    check: ({ refunds, refundRecords, refundsTold }) => {
      const told = grouped(refundsTold, ({ requestId }) => requestId);
      const asked = new Map(refunds.map((refund) => [refund.id, refund.asked]));
      return refundRecords.filter(hasOutcome).flatMap(({ requestId, state, objectId }) => {
        const rows = told.get(requestId) ?? [];
        if (rows.length !== 1) return [`${requestId} (${state}) was told ${rows.length} times`];
        const [{ outcome, refundId, amount }] = rows;
        const isRight = objectId === null || Number(amount) === asked.get(objectId);
        return outcome === state && refundId === objectId && isRight
          ? []
          : [`${requestId} (${state}, ${objectId}) was told as ${outcome} ${refundId} ${amount}`];
      });
    },
  },
  {
    title: 'no refund was told that has not ended',
    check: ({ refundRecords, refundsTold }) => {
      const ended = new Set(refundRecords.filter(hasOutcome).map(({ requestId }) => requestId));
      return refundsTold
        .filter(({ requestId }) => !ended.has(requestId))
        .map(({ requestId, outcome }) => `${requestId} was told as ${outcome}`);
    },
  },
  {
    title: "the shop's own row of every refund says how it ended",
    check: ({ refundRecords, refundRows }) => {
      const records = new Map(refundRecords.map((record) => [record.requestId, record]));
      return refundRows
        .filter(({ requestId }) => hasOutcome(records.get(requestId) ?? {}))
        .filter(({ requestId, state }) => state !== rowOf(records.get(requestId)))
        .map(({ requestId, state }) => `${requestId} is ${state} in the shop's table`);
    },
  },
  {
    title: 'what went back of a payment is what its records say, and no more than the payment',
    check: ({ payments, refunds, refundRecords }) => {
      const wentBack = grouped(
        refunds.filter(({ status }) => status === 'success'),
        ({ paymentId }) => paymentId,
      );
      const records = grouped(refundRecords, ({ subjectId }) => subjectId);
      return payments.flatMap(({ id, settledAmount }) => {
        const gone = wentBack.get(id) ?? [];
        const isWithPerson = new Set(
          (records.get(id) ?? [])
            .filter(({ state, needsPerson }) => state !== 'succeeded' && needsPerson)
            .map(({ objectId }) => objectId),
        );
        const succeeded = (records.get(id) ?? []).filter(({ state }) => state === 'succeeded');
        const sum = sumOf(gone.map(({ asked }) => asked));
        const known =
          sumOf(succeeded.map(({ amount }) => amount)) +
          sumOf(gone.filter((one) => isWithPerson.has(one.id)).map(({ asked }) => asked));
        return sum === known && sum <= settledAmount
          ? []
          : [`${sum} of ${settledAmount} of ${id} went back, its records say ${known}`];
      });
    },
  },
  {
    title: 'no operator is told of a refund what the gateway does not have',
    check: ({ refunds, operators }) => {
      const statuses = new Map(refunds.map(({ requestId, status }) => [requestId, status]));
      const truthOf = { refunded: 'success', failed: 'failed', refused: undefined };
      return operators
        .filter(({ claim }) => claim in truthOf)
        .filter(({ requestId, claim }) => statuses.get(requestId) !== truthOf[claim])
        .map(({ requestId, claim }) => `${requestId} was called ${claim}`);
    },
  },
];

// Made elsewhere, and without a success: nobody has to know.
function isUnnoticed({ requestId, status }) {
  return requestId.startsWith('elsewhere-') && status !== 'success';
}

function isStrayOf({ requestId, needsPerson }, { id, requestId: guard }) {
  return guard.startsWith('elsewhere-') && requestId === `stray:${id}` && needsPerson;
}

function saysNone(state, reason) {
  return (state === 'failed' || state === 'needs_attention') && reasonsWithout.includes(reason);
}

function hasOutcome({ state }) {
  return state === 'succeeded' || state === 'failed';
}

function rowOf({ state, reason }) {
  if (state === 'succeeded') return 'refunded';
  return reason === null ? 'failed' : 'refused';
}

function sumOf(amounts) {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function named({ id, requestId, status }) {
  return `${id} (${requestId}, ${status})`;
}
