import { setTimeout as pause } from 'node:timers/promises';
import { request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';
import { operatorsToken } from './hosts.mjs';
import { refundPlan } from './refund-plan.mjs';

const PRESSES = 8;
const authorization = `Basic ${Buffer.from(`crash:${operatorsToken}`).toString('base64')}`;

// An operator who has what a buyer has paid refunded, if the plan says so. Gives what the pages said.
export async function refund({ hosts, gatewayBooks, elsewhere, seed }, buyer, index) {
  const random = randomOf(seed, 'operator', index);
  const plan = refundPlan(random);
  const paymentId = gatewayBooks.paymentOf(buyer.name);
  const payment = paymentId && gatewayBooks.payment(paymentId);
  if (payment?.status !== 'success') return [];
  await pause(plan.pauseMs);
  const amountOf = (share) => Math.max(1, Math.floor(payment.requested_amount * share));
  if (plan.elsewhere !== undefined) {
    await elsewhere.refund(paymentId, amountOf(plan.elsewhere), `elsewhere-refund-${index}`);
  }
  const reference = buyer.reference ?? (await gatewayBooks.referenceOf(paymentId));
  const told = [];
  for (const [at, share] of plan.shares.entries()) {
    const wish = { number: at + 1, amount: share && amountOf(share) };
    const claim = await press({ hosts, random, plan, reference, wish });
    told.push({ requestId: `refund-${reference}-${wish.number}`, claim });
  }
  return told;
}

// Presses the button until the page says what became of it, or this operator has had enough.
async function press({ hosts, random, plan, reference, wish }) {
  let claim = 'nothing';
  for (let presses = 0; presses < PRESSES; presses += 1) {
    const answers = await Promise.all(
      Array.from({ length: plan.windows }, async () => {
        // The page itself was loaded from a host that was up; meanwhile it may have gone.
        const { port } = random.chance(0.8) ? await hosts.anyUp() : hosts.any();
        return post({ port, origin: hosts.origin }, reference, wish);
      }),
    );
    claim = answers.find(says) ?? answers[0];
    const isUnclear = claim === 'asked' || claim === 'nothing';
    if (says(claim) || (isUnclear && !plan.asksAgain)) break;
    await pause(random.between(150, 600));
  }
  return claim;
}

// What the page says in the end: anything but that nobody can tell, or that it is not possible now.
function says(claim) {
  return !['asked', 'nothing', 'not_paid', 'unasked', 'obstacle'].includes(claim);
}

async function post({ port, origin }, reference, { number, amount }) {
  const answer = await request({
    port,
    path: `/operations/purchases/${reference}/refunds`,
    method: 'POST',
    headers: {
      authorization,
      origin,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      number: String(number),
      amount: amount === undefined ? '' : (amount / 100).toFixed(2),
      reason: 'Requested By Customer',
    }).toString(),
    timeoutMs: 60_000,
  });
  return /[?&]refund=(\w+)/.exec(answer.location ?? '')?.[1] ?? 'nothing';
}
