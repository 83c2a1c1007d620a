import { createHash } from 'node:crypto';
import { PostgresTrackingStore, pgAdapter } from 'nestjs-glomopay/postgres';
import { interleave, quartiles, ratio } from './measure.mjs';
import { ownSchema } from './postgres-schema.mjs';
import { costsText } from './report.mjs';
import { webhookBodies } from './signed-webhooks.mjs';

const account = 'default';
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const CALLS = 40;

/** A store that holds `size` events of the past, and notes the statements that it makes. */
async function filledStore(size) {
  const { pool, end } = await ownSchema(4);
  const adapter = pgAdapter(pool);
  const statements = new Map();
  const noting = (query) => (text, params) => {
    statements.set(text, params);
    return query(text, params);
  };
  const store = new PostgresTrackingStore({
    query: noting(adapter.query),
    transaction: (work) => adapter.transaction((tx, query) => work(tx, noting(query))),
  });
  await store.migrate();
  await pool.query(
    `INSERT INTO glomopay_events (account, id, received_at, type, object_id, state, next_try_at, body)
     SELECT $1, encode(sha256(n::text::bytea), 'hex'), now() - n * interval '1 second',
       'payment.success', 'payt_' || n, CASE n % 1000 WHEN 0 THEN 'failed' ELSE 'handled' END,
       NULL, '\\x7b7d'::bytea
     FROM generate_series(1, $2::int) AS n`,
    [account, size],
  );
  await pool.query(
    `INSERT INTO glomopay_event_keys (received_by, key, account)
     SELECT date_trunc('hour', e.received_at) + interval '1 hour', substr(e.id, 7, 32)::uuid, e.account
     FROM glomopay_events e`,
  );
  await pool.query('VACUUM ANALYZE glomopay_events, glomopay_event_keys');
  return { size, store, pool, statements, end };
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
async function plansOf({ pool, statements }) {
  const indexes = new Set();
  const scans = new Set();
  const ofInbox = [...statements].filter(
    ([text, params]) => params.length > 0 && text.includes('glomopay_event'),
  );
  for (const [text, params] of ofInbox) {
    const { rows } = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, [...params]);
    walk(rows[0]['QUERY PLAN'][0].Plan, (node) => {
      if (node['Index Name'] !== undefined) indexes.add(node['Index Name']);
      if (node['Node Type'] === 'Seq Scan') scans.add(node['Relation Name']);
    });
  }
  return { indexes: [...indexes].toSorted(), scans: [...scans], statements: ofInbox.length };
}

function walk(node, visit) {
  visit(node);
  for (const child of node.Plans ?? []) walk(child, visit);
}

/** The inbox on Postgres, from a thousand kept events to a million. */
export async function growthByRows() {
  const stores = [];
  for (const size of SIZES) stores.push(await filledStore(size));
  const contenders = stores.map((store) => [`rows${store.size}`, () => lifeOfEvents(store)]);
  const costs = await interleave(Object.fromEntries(contenders), { rounds: 15, warmUp: 3 });
  const largest = stores.at(-1);
  await everythingElse(largest);
  const plans = await plansOf(largest);
  for (const { end } of stores) await end();
  const [least, most] = [costs[`rows${SIZES.at(0)}`], costs[`rows${SIZES.at(-1)}`]];
  return [
    {
      row: 'P10',
      what: 'an event stored, found due, claimed, concluded, shown and listed on Postgres, beside 1,000,000 events',
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
      what: `tables that any of ${plans.statements} statements of the inbox reads from end to end, beside 1,000,000 events`,
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
