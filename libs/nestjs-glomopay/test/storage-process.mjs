import '../../../dev/typescript.mjs';
import { event, intent, key } from './process-items.mjs';

/** A process of its own that uses a store: `storage-process.mjs <store> <database> <task> <name>`. */
const [, , kind, database, task, name] = process.argv;
const SHARED = 40;
const OWN = 100;
const conclusion = {
  type: 'payment.success',
  objectId: 'payt_1',
  state: 'handled',
  reason: null,
  nextTryMs: 0,
  handlers: [],
};

const { store, write } = await { sqlite: onSqlite, postgres: onPostgres, mysql: onMysql }[kind]();
await store.migrate();
process.stdout.write('ready\n');
if (task === 'work') await work();
else if (task === 'handle') await handle();
else await insertForEver(task === 'insert' ? insertIntent : insertEvent);
await store.close();
process.exit(0);

/** Its own intents, and those that every process wants: each of them pays once. */
async function work() {
  const own = Array.from({ length: OWN }, (_, n) => `${name}-${n}`);
  const shared = Array.from({ length: SHARED }, (_, n) => `shared-${n}`);
  const results = await Promise.all([...own, ...shared].map((id) => store.insert(intent(id), 0)));
  let effects = 0;
  for (const requestId of shared) {
    await store.settle(key(requestId), {
      decide: ({ state }) => (state === 'succeeded' ? undefined : { state: 'succeeded' }),
      async effect(_before, after, tx) {
        await write(tx, after.requestId);
        effects += 1;
      },
      nextCheckMs: 0,
    });
  }
  const inserted = results.filter((result) => result.inserted).length;
  process.stdout.write(`${JSON.stringify({ inserted, effects })}\n`);
}

/** Events that every process has received: each of them is handled once. */
async function handle() {
  const events = Array.from({ length: SHARED }, (_, n) => event(`shared-${n}`));
  await Promise.all(events.map((one) => store.inbox.insert(one)));
  let handled = 0;
  for (const one of events) {
    const claim = await store.inbox.claim(one, 60_000);
    if (claim === undefined) continue;
    await store.inbox.commit(claim, 'Shop.ship', (tx) => write(tx, claim.body.toString()));
    await store.inbox.conclude(claim, conclusion);
    handled += 1;
  }
  process.stdout.write(`${handled}\n`);
}

/** Says what is written as soon as it is; to be killed. */
async function insertForEver(insert) {
  for (let n = 0; ; n += 1) {
    const ids = Array.from({ length: 5 }, (_, m) => `${name}-${n}-${m}`);
    await Promise.all(ids.map(insert));
    process.stdout.write(`${ids.join('\n')}\n`);
  }
}

function insertIntent(id) {
  return store.insert(intent(id), 0);
}

function insertEvent(text) {
  return store.inbox.insert(event(text));
}

async function onSqlite() {
  const { default: Database } = await import('libsql');
  const { SqliteTrackingStore } = await import('../src/sqlite/sqlite-tracking-store.ts');
  return {
    store: new SqliteTrackingStore(() => new Database(database)),
    write: (tx, line) => tx.prepare('INSERT INTO lines VALUES (?)').run(line),
  };
}

async function onPostgres() {
  const { default: pg } = await import('pg');
  const { pgAdapter } = await import('../src/postgres/pg.adapter.ts');
  const { PostgresTrackingStore } = await import('../src/postgres/postgres-tracking-store.ts');
  const pool = new pg.Pool({ ...JSON.parse(database), max: 4 });
  return {
    store: new PostgresTrackingStore(pgAdapter(pool)),
    write: (tx, line) => tx.query('INSERT INTO lines VALUES ($1)', [line]),
  };
}

async function onMysql() {
  const { createPool } = await import('mysql2/promise');
  const { mysql2Adapter } = await import('../src/mysql/mysql2.adapter.ts');
  const { MysqlTrackingStore } = await import('../src/mysql/mysql-tracking-store.ts');
  const pool = createPool({ ...JSON.parse(database), connectionLimit: 4 });
  return {
    store: new MysqlTrackingStore(mysql2Adapter(pool)),
    write: (tx, line) => tx.query('INSERT INTO `lines` VALUES (?)', [line]),
  };
}
