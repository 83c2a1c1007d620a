import { randomUUID } from 'node:crypto';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { Pool } from 'pg';
import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';

// What locks by rows cost: the settlement of an outcome as in P8, without the application around it.
const ROUNDS = 15;
const OUTCOMES = 320;
const IN_FLIGHT = 16;
const URL_OF_POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

const schema = `bench_${randomUUID().replaceAll('-', '')}`;
const admin = new Pool({ connectionString: URL_OF_POSTGRES, max: 1 });
await admin.query(`CREATE SCHEMA ${schema}`);
const pool = new Pool({
  connectionString: URL_OF_POSTGRES,
  max: IN_FLIGHT,
  options: `-c search_path=${schema}`,
});
await pool.query('CREATE TABLE purchases (id bigserial PRIMARY KEY, reference text NOT NULL)');

const advisory = new PostgresTrackingStore(pgAdapter(pool));
const rows = new PostgresTrackingStore(pgAdapter(pool), { locks: 'rows' });
await advisory.migrate();

let made = 0;

/** Payments that wait for their outcome; making them is not measured. */
async function prepare() {
  const intents = Array.from({ length: OUTCOMES }, () => {
    const number = (made += 1);
    return {
      account: 'default',
      kind: 'payment',
      requestId: `request-${number}`,
      reference: `reference-${number}`,
      subjectId: `order_${number}`,
      exclusive: true,
      amount: 1_000,
      currency: 'USD',
    };
  });
  await Promise.all(intents.map((intent) => advisory.insert(intent, 3_600_000)));
  return intents;
}

/** Microseconds of wall time for one outcome, 16 in flight. */
async function timed(store) {
  const intents = await prepare();
  const start = process.hrtime.bigint();
  let next = 0;
  const worker = async () => {
    while (next < intents.length) {
      const intent = intents[next++];
      await store.settle(intent, {
        decide: () => ({ objectId: `payt_${intent.requestId}`, state: 'succeeded' }),
        effect: async (_before, _after, tx) =>
          void (await tx.query('INSERT INTO purchases (reference) VALUES ($1)', [
            intent.reference,
          ])),
        nextCheckMs: 3_600_000,
        witness: { kind: 'sweep', id: null },
      });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return Number(process.hrtime.bigint() - start) / 1_000 / intents.length;
}

for (let round = 0; round < 4; round += 1) await prepare();
await pool.query('ANALYZE');

const costs = await interleave(
  { advisory: () => timed(advisory), rows: () => timed(rows) },
  { rounds: ROUNDS, warmUp: 3 },
);
await pool.end();
await admin.query(`DROP SCHEMA ${schema} CASCADE`);
await admin.end();

report([
  {
    row: 'P14',
    what: "the settlement of an outcome with `{ locks: 'rows' }`, with its line of history and a handler, 16 in flight",
    against: 'the same with advisory locks, same pool',
    unit: 'x',
    measured: ratio(costs.advisory, costs.rows),
    costs: costsText(
      { rows: quartiles(costs.rows).median, advisory: quartiles(costs.advisory).median },
      'us',
    ),
  },
]);
