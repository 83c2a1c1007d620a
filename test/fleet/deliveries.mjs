import { createHash, createHmac } from 'node:crypto';
import { randomOf } from '../storm/random.mjs';

const DUPLICATES = 0.2;
const FORGERIES = 0.05;

// Kinds that nobody asks the gateway about, known ones and one that no version knows.
const kinds = [
  ['refund', 'success', 'rfnd_'],
  ['payout', 'success', 'payout_'],
  ['payout', 'failed', 'payout_'],
  ['subscription', 'updated', 'sub_'],
  ['settlement', 'in_progress', 'settlement_'],
  ['teapot', 'boiled', 'teapot_'],
];

// What the gateway will post, in the order in which it will: every event once, a fifth of them a
// second time, and forgeries, all in random order. Ids are computed here, not by the library.
export function deliveriesOf({ events, seed, secret }) {
  const random = randomOf(seed, 'deliveries');
  const genuine = Array.from({ length: events }, (_, index) => {
    const body = bodyOf(random, `e${index}`);
    return { id: idOf(body), body, signature: signatureOf(secret, body), isGenuine: true };
  });
  const again = shuffled(random, genuine).slice(0, Math.round(events * DUPLICATES));
  const forged = Array.from({ length: Math.round(events * FORGERIES) }, (_, index) =>
    forgery(random, secret, bodyOf(random, `f${index}`)),
  );
  return { genuine, again, forged, all: shuffled(random, [...genuine, ...again, ...forged]) };
}

function bodyOf(random, name) {
  const [entity, event, prefix] = random.pick(kinds);
  const data = { amount: random.between(1, 1e6), id: `${prefix}${name}`, status: event };
  return JSON.stringify({ data, entity_type: entity, event_type: event });
}

// Signed with another secret, or changed after it was signed.
function forgery(random, secret, body) {
  const isChanged = random.chance(0.5);
  const sent = isChanged ? body.replace('"amount":', '"amount":1') : body;
  const signature = signatureOf(isChanged ? secret : `${secret}x`, body);
  return { id: idOf(sent), body: sent, signature, isGenuine: false };
}

function idOf(body) {
  return createHash('sha256').update(body).digest('hex');
}

function signatureOf(secret, body) {
  return createHmac('sha256', secret).update(body).digest('hex');
}

// Fisher and Yates.
function shuffled(random, list) {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [copy[last], copy[other]] = [copy[other], copy[last]];
  }
  return copy;
}
