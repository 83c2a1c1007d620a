import { createHash } from 'node:crypto';
import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText } from './report.mjs';
import { webhookBodies } from './signed-webhooks.mjs';

const account = 'default';
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const CALLS = 20;

/** A store that holds `size` events of the past, and notes the statements that it makes. */
async function filledStore(database, size) {
  const { pool, end } = await database.ownPlace(4);
  const statements = new Map();
  const note = (text, params = []) => statements.set(database.shapeOf(text), { text, params });
  const store = database.storeOn(pool, (adapter) => noting(adapter, note));
  await store.migrate();
  await database.fillInbox(pool, account, size);
  return { size, store, pool, statements, end };
}

/** The same adapter; each statement that goes through it is told. */
function noting({ query, transaction }, note) {
  const noted =
    (run) =>
    (...asked) => {
      note(...asked);
      return run(...asked);
    };
  return {
    query: noted(query),
    transaction: (work) => transaction((tx, inside) => work(tx, noted(inside))),
  };
}

/** Microseconds of wall time for one event that is stored, claimed, concluded and shown. */
async function lifeOfEvents({ store: { inbox } }) {
  const bodies = webhookBodies(CALLS, 1_024);
  const start = process.hrtime.bigint();
  for (const body of bodies) {
    const id = createHash('sha256').update(body).digest('hex');
    if (!(await inbox.insert({ account, id, body }))) throw new Error('the event is known');
    await inbox.due(account, 64);
    const claim = await inbox.claim({ account, id }, 60_000);
    const concluded = await inbox.conclude(claim, {
      type: 'payment.success',
      objectId: `payt_${id}`,
      state: 'handled',
      reason: null,
      nextTryMs: 0,
      handlers: [{ handler: 'Listener.paid', state: 'done', tries: 0, error: null }],
    });
    if (!concluded) throw new Error('the lease was lost');
    await inbox.find({ account, id });
    await inbox.list(account, { limit: 50 });
  }
  return Number(process.hrtime.bigint() - start) / 1_000 / CALLS;
}

/** Makes the statements that `lifeOfEvents` does not. */
async function everythingElse({ store: { inbox } }) {
  const [known] = await inbox.list(account, { limit: 1 });
  const [failed] = await inbox.list(account, { limit: 1, state: 'failed' });
  await inbox.body({ account, id: known.id });
  await inbox.list(account, { limit: 50, objectId: 'payt_5' });
  await inbox.replay({ account, id: failed.id });
  const claim = await inbox.claim({ account, id: failed.id }, 60_000);
  await inbox.commit(claim, 'Listener.paid', async () => {});
  await inbox.counts(account);
  await inbox.purge(account, new Date(Date.now() - 999_000 * 1_000));
}

/** Every index, and every table read from end to end, in the plans of the statements. */
async function plansOf(database, { pool, statements }) {
  const ofInbox = [...statements.values()].filter(({ text }) => database.isOfInbox(text));
  const plans = [];
  for (const { text, params } of ofInbox) plans.push(await database.planOf(pool, text, params));
  const all = (member) => [...new Set(plans.flatMap((plan) => plan[member]))].toSorted();
  return { indexes: all('indexes'), scans: all('scans'), statements: ofInbox.length };
}

/** The inbox on a database, from a thousand kept events to a million. */
export async function growthByRows(database) {
  const stores = [];
  for (const size of SIZES) stores.push(await filledStore(database, size));
  const contenders = stores.map((store) => [`rows${store.size}`, () => lifeOfEvents(store)]);
  const costs = await interleave(Object.fromEntries(contenders), { rounds: 15, warmUp: 3 });
  const largest = stores.at(-1);
  await everythingElse(largest);
  const plans = await plansOf(database, largest);
  for (const { end } of stores) await end();
  const [least, most] = [costs[`rows${SIZES.at(0)}`], costs[`rows${SIZES.at(-1)}`]];
  return [
    {
      row: 'P10',
      what: `an event stored, found due, claimed, concluded, shown and listed on ${database.name}, beside 1,000,000 events`,
      against: 'the same beside 1,000 events',
      goal: { atMost: 1.25 },
      unit: 'x',
      measured: ratio(most, least),
      costs: costsText(
        Object.fromEntries(
          Object.entries(costs).map(([name, list]) => [name, quartiles(list).median]),
        ),
        'us',
      ),
      whenMissed:
        'Every statement goes by an index (below); what grows is the depth of the indexes, and the pages of them that are no longer in memory.',
    },
    {
      row: 'P10',
      what: `tables that any of ${plans.statements} statements of the inbox on ${database.name} reads from end to end, beside 1,000,000 events`,
      against: 'none',
      goal: { atMost: 0 },
      unit: 'tables',
      measured: { q1: plans.scans.length, median: plans.scans.length, q3: plans.scans.length },
      costs: [
        ...plans.scans.map((table) => `${table} is read whole`),
        `by ${plans.indexes.join(', ')}`,
      ].join('; '),
    },
  ];
}
