import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { buyerPlan, canaryCvv, holderName } from './buyer-plan.mjs';
import { jsonOf, request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';

const RELOADS = 20;

// One buyer with one intent to pay: sends one checkout, never a second one, whatever is answered.
// Gives what the buyer was told.
export async function buy({ sandbox, hosts, gatewayBooks, seed, begin }, index) {
  const random = randomOf(seed, 'buyer', index);
  const plan = buyerPlan(random);
  const buyer = {
    name: holderName(index),
    headers: { cookie: sessionCookie(seed, index) },
    claims: [],
  };
  await pause(plan.arrivalMs);
  const host = plan.waitsForShop ? await hosts.anyUp() : hosts.any();
  begin();
  const answer = await checkOut(host, hosts.origin, buyer, plan);
  buyer.told = toldBy(answer);
  buyer.reference = jsonOf(answer)?.reference;
  const redirectUrl = jsonOf(answer)?.redirectUrl;
  buyer.paymentId = /payt_[\w-]+/.exec(redirectUrl ?? '')?.[0];
  const watching =
    plan.watches && buyer.reference ? watch(hosts, buyer, sandbox, random) : undefined;
  await pause(plan.thinkMs);
  const paymentId =
    buyer.paymentId ?? (plan.endsWithoutRedirect && gatewayBooks.paymentOf(buyer.name));
  if (paymentId && plan.decision !== 'abandon') {
    const returnUrl = new URL(sandbox.completePayment(paymentId, plan.decision));
    await comeBack({ hosts, sandbox, buyer, plan, paymentId, path: pathOf(returnUrl) });
  }
  await watching;
  return buyer;
}

function checkOut({ port }, origin, { name, headers }, { product, currency, cardNumber }) {
  const card = {
    holderName: name,
    number: cardNumber,
    expiryMonth: '12',
    expiryYear: '2031',
    cvv: canaryCvv,
  };
  return request({
    port,
    path: '/checkout',
    method: 'POST',
    headers: { ...headers, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ product, currency, card }),
    timeoutMs: 120_000,
  });
}

function toldBy({ status, failure }) {
  if (failure !== undefined) return failure;
  switch (status) {
    case 201:
      return 'redirected';
    case 202:
      return 'being checked';
    case 422:
    case 429:
    case 503:
      return 'nothing charged';
    default:
      return `status ${status}`;
  }
}

// The browser comes back from the bank, as often as planned, to whichever host there is.
async function comeBack({ hosts, sandbox, buyer, plan, paymentId, path }) {
  if (plan.callback === 'never') return;
  if (plan.callback === 'late') await pause(plan.callbackDelayMs);
  const visit = async () => {
    for (let tries = 0; tries < RELOADS; tries += 1) {
      const answer = await request({ port: hosts.any().port, path });
      if (!saysNothing(answer)) {
        const { location } = answer;
        const page = /^\/payment\/(\w+)/.exec(location ?? '')?.[1] ?? 'nowhere';
        const truth = sandbox.payments.get(paymentId)?.status;
        return buyer.claims.push({ by: 'callback page', claim: page, truth, paymentId });
      }
      if (!plan.reloads) return;
      await pause(300);
    }
  };
  await Promise.all(plan.callback === 'at once twice' ? [visit(), visit()] : [visit()]);
  if (plan.callback === 'twice') await visit();
}

// Looks at the status page now and then, as its script does.
async function watch(hosts, buyer, sandbox, random) {
  for (let looks = random.between(1, 6); looks > 0; looks -= 1) {
    await pause(random.between(200, 900));
    const answer = await request({
      port: hosts.any().port,
      path: `/payments/${buyer.reference}/state`,
      headers: buyer.headers,
    });
    const claim = saysNothing(answer)
      ? undefined
      : (jsonOf(answer)?.status ?? `status ${answer.status}`);
    const truth = buyer.paymentId && sandbox.payments.get(buyer.paymentId)?.status;
    if (claim) buyer.claims.push({ by: 'status page', claim, truth, paymentId: buyer.paymentId });
  }
}

// The answer got lost, or the shop could not give one: its connection to the database was cut.
function saysNothing({ failure, status }) {
  return failure !== undefined || status >= 500;
}

function pathOf({ pathname, search }) {
  return pathname + search;
}

function sessionCookie(seed, index) {
  const token = createHash('sha256').update(`${seed} ${index}`).digest('base64url');
  return `shop_session=${token}`;
}
