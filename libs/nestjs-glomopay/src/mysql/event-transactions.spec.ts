import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { upTo } from '../testing/contract/harness.js';
import { anEvent } from '../testing/contract/inbox-harness.js';
import type { MysqlAdapter, MysqlQuery } from './mysql-adapter.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`Events that are written to ${mysqlPlace}`, () => {
  let database: MysqlDatabase;
  let pool: Pool;
  let adapter: MysqlAdapter<PoolConnection>;
  let isMariadb: boolean;
  /** What was sent outside of transactions, and how many transactions there were. */
  let alone: string[];
  let transactions: number;
  beforeEach(async () => {
    database = await aMysqlDatabase();
    isMariadb = /mariadb/i.test(JSON.stringify(await database.rows('SELECT VERSION() AS v')));
    pool = createPool({ ...database.place, connectionLimit: 4 });
    adapter = mysql2Adapter<PoolConnection>(pool);
    const store = new MysqlTrackingStore(adapter);
    await store.migrate();
    await store.close();
    alone = [];
    transactions = 0;
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const counted = (query: MysqlQuery = adapter.query) =>
    new MysqlTrackingStore<PoolConnection>({
      query: (text) => {
        alone.push(text.trim().split(/\s/, 1)[0] ?? '');
        return query(text);
      },
      transaction: (work, options) => {
        transactions += 1;
        return adapter.transaction(work, options);
      },
    });
  const stored = async (): Promise<unknown[]> => {
    const [row] = await database.rows(`SELECT
      (SELECT COUNT(*) FROM glomopay_events) AS events,
      (SELECT COUNT(*) FROM glomopay_event_keys k WHERE EXISTS (SELECT 1 FROM glomopay_events e
        WHERE e.account = k.account AND e.received_at = k.received_at)) AS \`keys\``);
    return [row?.['events'], row?.['keys']];
  };

  it('go by one statement of MariaDB, with their keys', async () => {
    const { inbox } = counted();
    const events = upTo(20).map((n) => anEvent(`${n}`));
    expect(await Promise.all(events.map((event) => inbox.insert(event)))).not.toContain(false);
    if (isMariadb) expect([new Set(alone), transactions]).toEqual([new Set(['BEGIN']), 0]);
    expect(await stored()).toEqual([20, 20]);
  });

  it('go by a transaction on a server that knows no such statement, asked once', async () => {
    const { inbox } = counted((text) =>
      /^\s*BEGIN/.test(text) ? adapter.query('NO SUCH STATEMENT') : adapter.query(text),
    );
    for (const n of upTo(3)) expect(await inbox.insert(anEvent(`${n}`))).toBe(true);
    expect([alone, transactions]).toEqual([['BEGIN'], 3]);
    expect(await stored()).toEqual([3, 3]);
  });

  it('go by a transaction on sessions that open their own', async () => {
    const odd = createPool({ ...database.place, connectionLimit: 1 });
    odd.pool.on('connection', (connection) => connection.query('SET autocommit = 0'));
    const store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(odd));
    expect(await store.inbox.insert(anEvent('one'))).toBe(true);
    expect(await store.inbox.insert(anEvent('two'))).toBe(true);
    await store.close();
    await odd.end();
    expect(await stored()).toEqual([2, 2]);
  });

  it('leave nothing of a batch in which one is refused, and the others are written', async () => {
    await database.host.query(`CREATE TRIGGER refuse BEFORE INSERT ON glomopay_event_keys
      FOR EACH ROW IF NEW.\`key\` = UNHEX('${anEvent('bad').id.slice(6, 38)}')
      THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by the host'; END IF`);
    const { inbox } = counted();
    const bodies = ['one', 'bad', 'two', 'three'];
    const results = await Promise.allSettled(bodies.map((body) => inbox.insert(anEvent(body))));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await stored()).toEqual([3, 3]);
  });

  it('do not take in, nor end by a commit, what a host has left open on a connection', async () => {
    const own = createPool({ ...database.place, connectionLimit: 1 });
    const leaving = await own.getConnection();
    await leaving.query('START TRANSACTION');
    await leaving.query("INSERT INTO `lines` VALUES ('of the host')");
    leaving.release();
    const store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(own));
    expect(await store.inbox.insert(anEvent())).toBe(true);
    await store.close();
    await own.end();
    expect([await stored(), await database.lines()]).toEqual([[1, 1], []]);
  });
});
