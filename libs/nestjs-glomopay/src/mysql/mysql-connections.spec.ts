import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
  type MysqlPlace,
} from '../../test/mysql-database.js';
import {
  drizzleMysqlStack,
  knexMysqlStack,
  kyselyMysqlStack,
  mariadbStack,
  mikroOrmMysqlStack,
  mysql2Stack,
  prismaMysqlStack,
  sequelizeMysqlStack,
  typeOrmMysqlStack,
  type MysqlStack,
} from '../../test/mysql-stacks.js';
import { PostgresProxy } from '../../test/postgres-proxy.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { anEvent, claimed } from '../testing/contract/inbox-harness.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import type { Settlement } from '../tracking/store/tracking-store.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const LIMITS: TimeLimits = { connectMs: 2_000, answerMs: 2_000, patientAnswerMs: 30_000 };

if (await isMysqlThere()) {
  connectionsOf('mysql2', (place) => mysql2Stack(place, '', LIMITS));
  connectionsOf('mariadb', (place) => mariadbStack(place, '', LIMITS));
  connectionsOf('TypeORM', (place) => typeOrmMysqlStack(place, LIMITS));
  connectionsOf('Drizzle', (place) => drizzleMysqlStack(place, LIMITS));
  connectionsOf('Kysely', (place) => kyselyMysqlStack(place, LIMITS));
  connectionsOf('Prisma', (place) => prismaMysqlStack(place, LIMITS));
  connectionsOf(
    'Prisma over a pool of its own',
    (place) => prismaMysqlStack(place, LIMITS, 'Prisma'),
    'left to it',
  );
  connectionsOf('Knex', (place) => knexMysqlStack(place, LIMITS));
  connectionsOf('Sequelize over mysql2', (place) => sequelizeMysqlStack(place, LIMITS));
  connectionsOf('Sequelize over mariadb', (place) => sequelizeMysqlStack(place, LIMITS, 'mariadb'));
  connectionsOf('MikroORM', (place) => mikroOrmMysqlStack(place, LIMITS));
} else {
  describe.skip(`connections of MySQL (skipped: no ${mysqlPlace})`, () => {
    it('are thrown away when they are dead', () => expect(true).toBe(true));
  });
}

/**
 * @param silent Whose business a silent connection is: a library that shows nobody its connections keeps one
 *   until the network gives up on it.
 */
function connectionsOf<Tx>(
  library: string,
  open: (place: MysqlPlace) => Promise<MysqlStack<Tx>>,
  silent: 'replaced' | 'left to it' = 'replaced',
): void {
  const networkGivesUp = (proxy: PostgresProxy): void => {
    if (silent === 'left to it') proxy.cut();
  };

  describe(`connections of ${library}`, () => {
    let database: MysqlDatabase;
    let proxy: PostgresProxy;
    let stack: MysqlStack<Tx>;
    let store: MysqlTrackingStore<Tx>;

    beforeEach(async () => {
      // Sequelize writes of each transaction that it could not end.
      jest.spyOn(console, 'warn').mockReturnValue(undefined);
      database = await aMysqlDatabase();
      const { host, port } = database.place;
      proxy = await PostgresProxy.start(`mysql://${host}:${port}`);
      const through = new URL(proxy.through(`mysql://${host}:${port}`));
      stack = await open({ ...database.place, host: through.hostname, port: Number(through.port) });
      store = new MysqlTrackingStore(stack.adapter);
      await store.migrate();
      await store.insert(anIntent(), 0);
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await store.close();
      await proxy.stop();
      await stack.end().catch(() => undefined);
      await database.drop();
    });

    /** The server ends the connection that the transaction runs on. */
    async function kill(tx: Tx): Promise<void> {
      const answer = JSON.stringify(
        await stack.run(tx, 'SELECT CONNECTION_ID() AS id'),
        (_, value) => (typeof value === 'bigint' ? Number(value) : value),
      );
      await database.host.query(`KILL CONNECTION ${/"id":"?(\d+)/.exec(answer)?.[1]}`);
      await sleep(20);
    }

    const write = (line: string) => (tx: Tx) =>
      stack.run(tx, 'INSERT INTO `lines` VALUES (?)', line);

    function paying(effect: (tx: Tx) => Promise<unknown>): Settlement<Tx> {
      return {
        ...aSettlement({ state: 'succeeded' }),
        effect: async (_before, _after, tx) => void (await effect(tx)),
      };
    }

    it('may be killed while an outcome handler runs: it rolls back and is done later', async () => {
      const dying = paying(async (tx) => {
        await write('lost')(tx);
        await kill(tx);
      });
      await expect(store.settle(aKey(), dying)).rejects.toThrow();
      expect((await store.find(aKey()))?.state).toBe('created');
      await store.settle(aKey(), paying(write('once')));
      expect(await database.lines()).toEqual(['once']);
    });

    it('may be killed while an event handler runs: it rolls back and is done later', async () => {
      await store.inbox.insert(anEvent());
      const claim = await claimed(store.inbox, anEvent());
      const dying = store.inbox.commit(claim, 'Shop.ship', async (tx) => {
        await write('lost')(tx);
        await kill(tx);
      });
      await expect(dying).rejects.toThrow();
      await store.inbox.commit(claim, 'Shop.ship', async (tx) => void (await write('once')(tx)));
      expect(await database.lines()).toEqual(['once']);
    });

    it('are thrown away, all of them, after one that was not answered', async () => {
      await Promise.all(upTo(4).map(() => stack.adapter.query('SELECT SLEEP(0.05)')));
      proxy.silence();
      const made = proxy.made;
      // Where each statement is a transaction of the library's, it is this that is waited for in vain.
      await expect(store.find(aKey())).rejects.toThrow(
        silent === 'replaced' ? 'did not answer' : 'no connection',
      );
      networkGivesUp(proxy);
      await Promise.allSettled(upTo(8).map(() => store.find(aKey())));
      expect((await store.find(aKey()))?.state).toBe('created');
      expect(proxy.made).toBeGreaterThan(made);
      await store.settle(aKey(), paying(write('once')));
      expect(await database.lines()).toEqual(['once']);
    });

    it('are thrown away, all of them, after one whose server takes no writes any more', async () => {
      const fillPool = () =>
        Promise.all(upTo(4).map(() => stack.adapter.query('SELECT SLEEP(0.05) AS slept')));
      await database.host
        .query(`CREATE TRIGGER demoted BEFORE UPDATE ON glomopay_movements FOR EACH ROW
        SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'running with --read-only'`);
      await fillPool();
      const made = proxy.made;
      await expect(store.settle(aKey(), paying(write('lost')))).rejects.toThrow();
      await database.host.query('DROP TRIGGER demoted');
      await fillPool();
      if (silent === 'replaced') expect(proxy.made).toBeGreaterThanOrEqual(made + 4);
      await store.settle(aKey(), paying(write('once')));
      expect(await database.lines()).toEqual(['once']);
    });

    it('fail a settlement whose commit is not answered; doing it again has one effect', async () => {
      const settling = paying(async (tx) => {
        await write('paid')(tx);
        proxy.silence('answers');
      });
      await expect(store.settle(aKey(), settling)).rejects.toThrow('did not answer');
      networkGivesUp(proxy);
      const again = async (): Promise<unknown> => {
        // Until the server has seen that nobody is there any more, its locks stay.
        for (let tries = 0; tries < 20; tries += 1) {
          try {
            return (await store.settle(aKey(), paying(write('paid'))))?.after.state;
          } catch {
            await sleep(50);
          }
        }
        return undefined;
      };
      expect(await again()).toBe('succeeded');
      expect(await database.lines()).toEqual(['paid']);
    });

    it('that a pool cannot give are not waited for for ever', async () => {
      let free: () => void = () => undefined;
      const freed = new Promise<void>((resolve) => (free = resolve));
      let holding: Promise<void>[] = [];
      const begun = upTo(4).map(
        () =>
          new Promise<void>((resolve) => {
            const held = stack.adapter.transaction(async () => {
              resolve();
              await freed;
            });
            holding = [...holding, held];
          }),
      );
      await Promise.all(begun);
      await expect(store.find(aKey())).rejects.toThrow('no connection');
      free();
      await Promise.all(holding);
      expect((await store.find(aKey()))?.state).toBe('created');
    });
  });
}
