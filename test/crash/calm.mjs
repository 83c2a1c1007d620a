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
  const atGateway = new Map((await gateway.payments()).map((one) => [one.requestId, one]));
  if ((await shop.inbox()).some(({ state }) => state === 'open')) return false;
  return (await shop.intents()).every(({ requestId, state }) => {
    const isOpen = state === 'created' || state === 'attempted';
    return !isOpen || (state === 'attempted' && atGateway.get(requestId)?.status === 'in_progress');
  });
}
