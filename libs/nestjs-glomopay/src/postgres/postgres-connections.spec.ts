import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresProxy } from '../../test/postgres-proxy.js';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import {
  drizzleStack,
  kyselyStack,
  pgStack,
  postgresJsStack,
  prismaStack,
  knexStack,
  mikroOrmStack,
  sequelizeStack,
  typeOrmStack,
  type Config,
  type PostgresStack,
} from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { anEvent, claimed } from '../testing/contract/inbox-harness.js';
import type { Settlement } from '../tracking/store/tracking-store.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

const LIMITS: TimeLimits = { connectMs: 1_000, answerMs: 700, patientAnswerMs: 10_000 };

type Open<Tx> = (config: Config, limits: TimeLimits) => Promise<PostgresStack<Tx>>;

if (await isPostgresThere()) {
  connectionsOf('pg', (config, limits) => pgStack(config, {}, limits));
  connectionsOf('TypeORM', typeOrmStack);
  connectionsOf('Drizzle', drizzleStack);
  connectionsOf('Kysely', kyselyStack);
  connectionsOf('Prisma', prismaStack);
  connectionsOf(
    'Prisma over a pool of its own',
    (config, limits) => prismaStack(config, limits, 'Prisma'),
    'left to it',
  );
  connectionsOf('postgres.js', postgresJsStack, 'left to it');
  connectionsOf('Knex', knexStack);
  connectionsOf('Sequelize', sequelizeStack);
  connectionsOf('MikroORM', mikroOrmStack);
} else {
  describe.skip(`connections of Postgres (skipped: no ${postgresPlace})`, () => {
    it('are thrown away when they are dead', () => undefined);
  });
}

/**
 * @param silent Whose business a silent connection is: a library that shows nobody its connections keeps one
 *   until the network gives up on it.
 */
function connectionsOf<Tx>(
  library: string,
  open: Open<Tx>,
  silent: 'replaced' | 'left to it' = 'replaced',
): void {
  const replaced = silent === 'replaced';

  describe(`connections of ${library}`, () => {
    let schema: PostgresSchema;
    let proxy: PostgresProxy;
    let stack: PostgresStack<Tx>;
    let store: PostgresTrackingStore<Tx>;

    /** A store with sessions of its own. */
    async function start(settings = ''): Promise<void> {
      const { connectionString, options } = schema.config(settings);
      stack = await open({ connectionString: proxy.through(connectionString), options }, LIMITS);
      store = new PostgresTrackingStore(stack.adapter);
      await store.migrate();
      await store.insert(anIntent(), 0);
    }

    async function pidOf(tx: Tx): Promise<number> {
      const answer = await stack.run(tx, 'SELECT pg_backend_pid() AS pid');
      return Number(/"pid":(\d+)/.exec(JSON.stringify(answer))?.[1]);
    }

    async function terminate(tx: Tx): Promise<void> {
      await schema.host.query('SELECT pg_terminate_backend($1, 5000)', [await pidOf(tx)]);
    }

    function paying(effect: (tx: Tx) => Promise<unknown>): Settlement<Tx> {
      return {
        ...aSettlement({ state: 'succeeded' }),
        effect: async (_before, _after, tx) => void (await effect(tx)),
      };
    }

    const write = (line: string) => (tx: Tx) =>
      stack.run(tx, 'INSERT INTO lines VALUES ($1)', line);

    /** As the next witness does, until the pool has met every connection that is gone. */
    async function again(work: () => Promise<unknown>): Promise<void> {
      for (let tries = 1; ; tries += 1) {
        try {
          return void (await work());
        } catch (thrown) {
          if (tries === 20) throw thrown;
        }
      }
    }

    /** Every connection of the pool is open and idle. */
    async function fillPool(): Promise<void> {
      await Promise.all(upTo(4).map(() => stack.adapter.query('SELECT pg_sleep(0.05)::text', [])));
    }

    beforeEach(async () => {
      // Sequelize writes of each transaction that it could not end.
      jest.spyOn(console, 'warn').mockReturnValue(undefined);
      schema = await aPostgresSchema();
      proxy = await PostgresProxy.start(schema.config().connectionString);
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await store.close();
      // First the proxy: a pool waits for ever for what it is still connecting.
      await proxy.stop();
      await stack.end();
      await schema.drop();
    });

    it('are thrown away, all of them, after one whose server takes no writes any more', async () => {
      await start();
      await schema.host.query(`CREATE FUNCTION demoted() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'cannot execute UPDATE' USING ERRCODE = '25006'; END $$;
        CREATE TRIGGER demoted BEFORE UPDATE ON glomopay_movements
          FOR EACH ROW EXECUTE FUNCTION demoted()`);
      await fillPool();
      const made = proxy.made;
      await expect(store.settle(aKey(), paying(write('lost')))).rejects.toThrow();
      await schema.host.query('DROP TRIGGER demoted ON glomopay_movements');
      await fillPool();
      if (replaced) expect(proxy.made).toBeGreaterThanOrEqual(made + 4);
      await store.settle(aKey(), paying(write('once')));
      expect(await schema.lines()).toEqual(['once']);
    });

    it('may be terminated while an outcome handler runs: it rolls back and is done later', async () => {
      await start();
      const dying = paying(async (tx) => {
        await write('lost')(tx);
        await terminate(tx);
        await sleep(20);
      });
      await expect(store.settle(aKey(), dying)).rejects.toThrow();
      expect((await store.find(aKey()))?.state).toBe('created');
      await store.settle(aKey(), paying(write('once')));
      expect(await schema.lines()).toEqual(['once']);
    });

    it('may be terminated while an event handler runs: it rolls back and is done later', async () => {
      await start();
      await store.inbox.insert(anEvent());
      const claim = await claimed(store.inbox, anEvent());
      const dying = store.inbox.commit(claim, 'Shop.ship', async (tx) => {
        await write('lost')(tx);
        await terminate(tx);
        await sleep(20);
      });
      await expect(dying).rejects.toThrow();
      await store.inbox.commit(claim, 'Shop.ship', async (tx) => void (await write('once')(tx)));
      expect(await schema.lines()).toEqual(['once']);
    });

    it('may be terminated while the handler waits for a statement of its own', async () => {
      await start();
      const dying = paying(async (tx) => {
        const pid = await pidOf(tx);
        setTimeout(() => void schema.host.query('SELECT pg_terminate_backend($1)', [pid]), 20);
        await stack.run(tx, 'SELECT pg_sleep(5)');
      });
      await expect(store.settle(aKey(), dying)).rejects.toThrow();
      await store.settle(aKey(), paying(write('once')));
      expect(await schema.lines()).toEqual(['once']);
    });

    it('may be ended by idle_in_transaction_session_timeout while a handler sleeps', async () => {
      await start('-c idle_in_transaction_session_timeout=500');
      await expect(
        store.settle(
          aKey(),
          paying(() => sleep(900)),
        ),
      ).rejects.toThrow();
      await store.inbox.insert(anEvent());
      const claim = await claimed(store.inbox, anEvent());
      const sleeping = store.inbox.commit(claim, 'Shop.ship', () => sleep(900));
      await expect(sleeping).rejects.toThrow();
      await store.settle(aKey(), paying(write('once')));
      expect(await schema.lines()).toEqual(['once']);
    });

    it('may all be terminated at once, amid everything', async () => {
      await start();
      const everybody = upTo(200).map((n) => store.insert(anIntent({ requestId: `${n}` }), 0));
      const others = upTo(20).map(() =>
        store.settle(
          aKey(),
          paying(() => sleep(30)),
        ),
      );
      await sleep(10);
      await schema.host.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE pid <> pg_backend_pid() AND query LIKE '%glomopay%' AND datname = current_database()
           AND pid IN (SELECT pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
             WHERE c.relnamespace = current_schema()::regnamespace)`,
      );
      await Promise.allSettled([...everybody, ...others]);
      expect((await store.insert(anIntent({ requestId: 'after' }), 0)).inserted).toBe(true);
    });

    if (!replaced) {
      describe.each(['everything', 'answers'] as const)('that lose %s', (lost) => {
        it('are not waited for, and work again when the network has given up on them', async () => {
          await start();
          await fillPool();
          proxy.silence(lost);
          await expect(store.find(aKey())).rejects.toThrow('did not answer');
          await expect(store.settle(aKey(), paying(write('lost')))).rejects.toThrow(
            'no connection',
          );
          proxy.cut();
          await again(() => store.settle(aKey(), paying(write('once'))));
          expect(await schema.lines()).toEqual(['once']);
        });

        it('fail a settlement whose commit is not answered; doing it again has one effect', async () => {
          await start();
          const settling = paying(async (tx) => {
            await write('paid')(tx);
            proxy.silence(lost);
          });
          await expect(store.settle(aKey(), settling)).rejects.toThrow('did not answer');
          proxy.cut();
          await again(() => store.settle(aKey(), paying(write('paid'))));
          expect((await store.find(aKey()))?.state).toBe('succeeded');
          expect(await schema.lines()).toEqual(['paid']);
        });
      });
    }

    const ofReplaced = replaced ? (['everything', 'answers'] as const) : [];
    for (const lost of ofReplaced)
      describe(`that lose ${lost}`, () => {
        it('are thrown away, all of them, after one that was not answered', async () => {
          await start();
          await fillPool();
          proxy.silence(lost);
          const made = proxy.made;
          await expect(store.find(aKey())).rejects.toThrow('did not answer');
          await Promise.all(upTo(8).map(() => store.find(aKey())));
          expect(proxy.made).toBeGreaterThan(made);
          await store.settle(aKey(), paying(write('once')));
          expect(await schema.lines()).toEqual(['once']);
        });

        it('do not keep inserts waiting', async () => {
          await start();
          await fillPool();
          proxy.silence(lost);
          const first = await Promise.allSettled([
            store.insert(anIntent({ requestId: 'first' }), 0),
            store.inbox.insert(anEvent('first')),
          ]);
          expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
          await store.insert(anIntent({ requestId: 'second' }), 0);
          await store.inbox.insert(anEvent('second'));
          // Whether the first ones were written is not known; doing it again is safe.
          await store.insert(anIntent({ requestId: 'first' }), 0);
          await store.inbox.insert(anEvent('first'));
          expect(await store.find(aKey('first'))).toBeDefined();
          expect(await store.inbox.body(anEvent('first'))).toEqual(Buffer.from('first'));
        });

        it('fail a settlement whose commit is not answered; doing it again has one effect', async () => {
          await start();
          const settling = paying(async (tx) => {
            await write('paid')(tx);
            proxy.silence(lost);
          });
          await expect(store.settle(aKey(), settling)).rejects.toThrow('did not answer');
          await sleep(50);
          const settled = await store.settle(aKey(), paying(write('paid')));
          expect(settled?.after.state).toBe('succeeded');
          expect(await schema.lines()).toEqual(['paid']);
        });

        it('fail a handler whose commit is not answered; it is done once', async () => {
          await start();
          await store.inbox.insert(anEvent());
          const claim = await claimed(store.inbox, anEvent());
          const committing = store.inbox.commit(claim, 'Shop.ship', async (tx) => {
            await write('shipped')(tx);
            proxy.silence(lost);
          });
          await expect(committing).rejects.toThrow('did not answer');
          await sleep(50);
          await store.inbox
            .commit(claim, 'Shop.ship', async (tx) => void (await write('shipped')(tx)))
            .catch((thrown: unknown) => expect(thrown).toHaveProperty('name', 'LeaseLostError'));
          expect(await schema.lines()).toEqual(['shipped']);
        });
      });

    it('that a pool cannot give are not waited for for ever', async () => {
      await start();
      let free: () => void = () => undefined;
      const freed = new Promise<void>((resolve) => (free = resolve));
      const holding = upTo(4).map(() => stack.adapter.transaction(() => freed));
      await sleep(50);
      await expect(store.find(aKey())).rejects.toThrow(
        replaced ? 'no connection' : 'did not answer',
      );
      free();
      await Promise.all(holding);
      expect((await store.find(aKey()))?.state).toBe('created');
    });

    it('that are never made do not take up the pool', async () => {
      await start();
      proxy.ignoreNewOnes();
      proxy.silence();
      for (const _ of upTo(3)) {
        await Promise.allSettled(upTo(4).map(() => store.find(aKey())));
      }
      proxy.welcome();
      if (!replaced) proxy.cut();
      const found = upTo(3).map(async (n) => {
        await sleep(n * LIMITS.connectMs);
        return store.find(aKey()).catch(() => undefined);
      });
      expect((await Promise.all(found)).at(-1)?.state).toBe('created');
    });
  });
}
