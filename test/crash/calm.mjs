import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 400;
// The sweeper gives up at 60 looks, and believes that a payment never arrived after two.
const CHECKS_BELOW = 50;

// Waits until the shop has caught up with the gateway. The hours that its sweeper would take are
// passed by moving its dates; what it does then is its own. Gives the milliseconds it took.
export async function waitUntilCalm({ shop, gateway }) {
  const start = Date.now();
  do {
    await shop.passBelief();
    await shop.passTime({ checksBelow: CHECKS_BELOW });
    await shop.passLeases();
    await pause(LOOK_EVERY_MS);
    if (await isCalm(shop, gateway)) break;
  } while (Date.now() - start < LIMIT_MS);
  return Date.now() - start;
}

async function isCalm(shop, gateway) {
  if ((await shop.inbox()).some(({ state }) => state === 'open')) return false;
  const records = await shop.records();
  const payments = await gateway.payments();
  const orders = new Map(gateway.orders.map((order) => [order.id, order]));
  const refunds = new Map((await gateway.refunds()).map((refund) => [refund.id, refund]));
  const isOpen = {
    payment: openPayment(payments),
    refund: ({ objectId }) => refunds.get(objectId)?.status === 'in_progress',
    collection: ({ subjectId }) => orders.get(subjectId)?.status !== 'paid',
  };
  return (
    records
      .filter(({ state }) => state === 'created' || state === 'attempted')
      .every((record) => isOpen[record.kind](record)) && isUpToDate(records, payments)
  );
}

function openPayment(payments) {
  const atGateway = new Map(payments.map((one) => [one.requestId, one]));
  return ({ requestId, state }) =>
    state === 'attempted' && atGateway.get(requestId)?.status === 'in_progress';
}

// What has become of payments after their success is known too.
function isUpToDate(records, payments) {
  const atGateway = new Map(payments.map((one) => [one.id, one]));
  return records
    .filter(({ kind, state }) => kind !== 'refund' && state === 'succeeded')
    .every(({ objectId, complianceStatus, fundsAvailable }) => {
      const payment = atGateway.get(objectId);
      return (
        payment?.complianceStatus === complianceStatus && payment.fundsAvailable === fundsAvailable
      );
    });
}
