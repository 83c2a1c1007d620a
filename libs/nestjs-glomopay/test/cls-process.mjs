import 'reflect-metadata';
import { register } from 'node:module';
import { event, intent, key } from './process-items.mjs';

register('../../../dev/typescript-hooks.mjs', import.meta.url);

/**
 * A host with nestjs-cls and a database library in a process of its own, since Jest cannot load them
 * together with Nest 12: `cls-process.mjs <connection> <scenario> <library> <database>`. Prints what
 * became of everything.
 */
const [, , connection, scenario, library, place = 'postgres'] = process.argv;

const ofDatabase = {
  async postgres() {
    const { PostgresTrackingStore } = await import('../src/postgres/postgres-tracking-store.ts');
    const { lendToHost: lend } = await import('../src/postgres/transaction-host.ts');
    const { libraries: known } = await import('./cls-libraries.mjs');
    return { TrackingStore: PostgresTrackingStore, lendToHost: lend, libraries: known };
  },
  async mysql() {
    const { MysqlTrackingStore } = await import('../src/mysql/mysql-tracking-store.ts');
    const { lendToHost: lend } = await import('../src/mysql/transaction-host.ts');
    const { libraries: known } = await import('./cls-mysql-libraries.mjs');
    return { TrackingStore: MysqlTrackingStore, lendToHost: lend, libraries: known };
  },
};

const { Module } = await import('@nestjs/common');
const { NestFactory } = await import('@nestjs/core');
const { ClsModule } = await import('nestjs-cls');
const { ClsPluginTransactional, TransactionHost } = await import('@nestjs-cls/transactional');
const { acceptLent } = await import('../src/tracking/store/sql/libraries/transaction-host.ts');
const { lendToHost, libraries, TrackingStore } = await ofDatabase[place]();

const database = await libraries[library](JSON.parse(connection));
const adapter = scenario === 'not accepted' ? database.plugin : acceptLent(database.plugin);

class Source {}
Module({
  providers: [{ provide: database.token, useValue: database.connection }],
  exports: [database.token],
})(Source);
class Shop {}
Module({
  imports: [
    ClsModule.forRoot({ plugins: [new ClsPluginTransactional({ imports: [Source], adapter })] }),
  ],
})(Shop);
const app = await NestFactory.createApplicationContext(Shop, { logger: false });
const host = app.get(TransactionHost);
const store = new TrackingStore(
  scenario === 'ambient' ? database.adapter : lendToHost(database.adapter, host),
);
await store.migrate();

const results = scenario === 'ambient' ? await besideAmbient() : await lending();
process.stdout.write(`${JSON.stringify(results)}\n`);
await store.close();
await app.close();
await database.end();

/** Everything the store writes, inside a transaction of the host that is rolled back. */
async function besideAmbient() {
  await store.insert(intent('settled'), 0);
  await store.insert(intent('due'), 0);
  await rolledBack(async () => {
    await write('of the host')();
    const own = store.insert(intent('own'), 0);
    const other = host.withoutTransaction(() => store.insert(intent('other'), 0));
    await Promise.all([own, other, store.inbox.insert(event('received'))]);
    await store.settle(
      key('settled'),
      paid((tx) => database.write(tx, 'paid')),
    );
    const claim = await store.inbox.claim(event('received'), 60_000);
    await store.inbox.commit(claim, 'Shop.ship', (tx) => database.write(tx, 'shipped'));
    await store.claimDue('default', 10, 60_000);
  });
  return {
    own: (await store.find(key('own')))?.state,
    other: (await store.find(key('other')))?.state,
    settled: (await store.find(key('settled')))?.state,
    event: (await store.inbox.find(event('received')))?.handlers.map(({ state }) => state),
    due: (await store.claimDue('default', 10, 60_000)).length,
  };
}

/** Handlers that write through the host's `TransactionHost`, as its repositories do. */
async function lending() {
  await store.insert(intent('failing'), 0);
  await store.insert(intent('paid'), 0);
  await store.insert(intent('inside'), 0);
  const failing = store.settle(
    key('failing'),
    paid(async () => {
      await write('lost')();
      throw new Error('the handler has failed');
    }),
  );
  const failure = await failing.catch(({ name, message }) => `${name}: ${message}`);
  if (scenario === 'not accepted') return { failure };
  await store.settle(key('paid'), paid(write('paid')));
  await rolledBack(async () => {
    await write('of the host')();
    const own = host.tx;
    await store.settle(key('inside'), paid(write('inside')));
    if (host.tx !== own) throw new Error("the host's own transaction is not the ambient one again");
    await write('of the host')();
  });
  await store.inbox.insert(event('received'));
  const claim = await store.inbox.claim(event('received'), 60_000);
  const failingCommit = store.inbox.commit(claim, 'Shop.ship', async () => {
    await write('lost')();
    throw new Error('the handler has failed');
  });
  await failingCommit.catch(() => undefined);
  await store.inbox.commit(claim, 'Shop.ship', write('shipped'));
  return { failure, state: (await store.find(key('failing')))?.state };
}

function write(line) {
  return async () => void (await database.write(host.tx, line));
}

async function rolledBack(work) {
  const failure = new Error('the host has failed');
  await host
    .withTransaction(async () => {
      await work();
      throw failure;
    })
    .catch((thrown) => {
      if (thrown !== failure) throw thrown;
    });
}

function paid(effect) {
  return {
    decide: ({ state }) => (state === 'succeeded' ? undefined : { state: 'succeeded' }),
    effect: async (_before, _after, tx) => void (await effect(tx)),
    nextCheckMs: 60_000,
  };
}
