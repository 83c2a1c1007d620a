import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { one, rival } from '../../test/settlement-rivals.js';
import { upTo } from '../testing/contract/harness.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`Rivals for movements of the same subjects, on ${mysqlPlace}`, () => {
  let database: MysqlDatabase;
  let pools: Pool[];
  let stores: MysqlTrackingStore<PoolConnection>[];
  beforeEach(async () => {
    database = await aMysqlDatabase();
    // As four processes, of which two have sessions of another isolation.
    pools = upTo(4).map((n) => {
      const pool = createPool({ ...database.place, connectionLimit: 6 });
      const isolation = 'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE';
      if (n >= 2) pool.pool.on('connection', (connection) => connection.query(isolation));
      return pool;
    });
    stores = pools.map((pool) => new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool)));
    await one(stores).migrate();
  });
  afterEach(async () => {
    for (const pool of pools) await pool.end();
    await database.drop();
  });

  it(
    'are told each outcome once, pay nothing twice, and leave whole histories',
    () =>
      rival<PoolConnection>({
        stores,
        nap: (tx, seconds) => tx.query('SELECT SLEEP(?)', [seconds]),
        write: (tx, line) => tx.query('INSERT INTO `lines` VALUES (?)', [line]),
        lines: () => database.lines(),
        refundedTooMuch: () =>
          database.rows(`SELECT * FROM (
      SELECT h.witness, row_number() OVER (PARTITION BY m.subject_id ORDER BY h.at) AS nth
      FROM glomopay_history h JOIN glomopay_movements m ON m.id = h.movement
      WHERE m.kind = 'refund' AND h.to_state = 'succeeded' AND h.from_state <> 'succeeded') s
      WHERE nth > 3 AND CAST(witness AS CHAR) <> 'person'`),
      }),
    60_000,
  );
});
