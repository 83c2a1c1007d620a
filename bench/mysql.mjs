import { mysql2Adapter, MysqlTrackingStore } from 'nestjs-glomopay/mysql';
import { nameOfServer, ownDatabase } from './mysql-database.mjs';
import { mysqlGrowth } from './mysql-growth.mjs';

/** What the handler of an outcome does, by hand and through the tracker. */
const purchase = (connection, reference) =>
  connection.query('INSERT INTO purchases (reference) VALUES (?)', [reference]);

/** What rows about the store do on MariaDB or MySQL: the store, and the same by hand on its pool. */
export const mysql = {
  name: await nameOfServer(),
  whyInbox:
    'What arrives together shares one transaction, and with it the wait for the disk. A batch takes five round trips (the isolation of the transaction, its start, the events, their keys, the commit), where a plain `INSERT` is one; and an event is written to six indexes beside its own and to two of its key. At 1 in flight nothing is shared.',
  whyOutcome:
    'No driver sends two statements at once, and a statement writes one table: the tracker makes eleven round trips, by hand it is five (see the README). And a record has eleven indexes, the row by hand one.',
  ...mysqlGrowth,
  ownPlace: ownDatabase,
  /** Its store, on an adapter that may be wrapped. */
  storeOn: (pool, wrap = (adapter) => adapter) => new MysqlTrackingStore(wrap(mysql2Adapter(pool))),

  /** What a host writes without an inbox: a table with a key and the body, one row per transaction. */
  async eventsByHand(pool) {
    await pool.query(
      `CREATE TABLE events_by_hand (id VARCHAR(64) CHARACTER SET ascii PRIMARY KEY, body LONGBLOB NOT NULL,
       received_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3))`,
    );
    return async (id, body) => {
      const [{ affectedRows }] = await pool.query(
        'INSERT IGNORE INTO events_by_hand (id, body) VALUES (?, ?)',
        [id, body],
      );
      return affectedRows === 1;
    };
  },

  /** Payments, and the purchases that an outcome writes on both sides. */
  async outcomesByHand(pool) {
    await pool.query(
      'CREATE TABLE purchases (id BIGINT AUTO_INCREMENT PRIMARY KEY, reference VARCHAR(255) NOT NULL)',
    );
    await pool.query(
      `CREATE TABLE payments_by_hand (id VARCHAR(64) PRIMARY KEY, order_id VARCHAR(64) NOT NULL,
       state VARCHAR(32) NOT NULL, amount BIGINT NOT NULL, currency CHAR(3) NOT NULL,
       updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3))`,
    );
    return {
      purchase,
      prepare: (numbers) =>
        pool.query(
          'INSERT INTO payments_by_hand (id, order_id, state, amount, currency) VALUES ?',
          [numbers.map((n) => [`payt_${n}`, `order_${n}`, 'attempted', 1_000, 'USD'])],
        ),
      async finish(number) {
        const connection = await pool.getConnection();
        try {
          await connection.query('START TRANSACTION');
          const [rows] = await connection.query(
            'SELECT state FROM payments_by_hand WHERE id = ? FOR UPDATE',
            [`payt_${number}`],
          );
          if (rows[0]?.state !== 'attempted') throw new Error('not open');
          await connection.query(
            "UPDATE payments_by_hand SET state = 'succeeded', updated_at = NOW(3) WHERE id = ?",
            [`payt_${number}`],
          );
          await purchase(connection, `reference-${number}`);
          await connection.query('COMMIT');
        } finally {
          connection.release();
        }
      },
    };
  },

  /** Tables that are minutes old have been counted by InnoDB. */
  async count(pool) {
    const [tables] = await pool.query('SHOW TABLES');
    for (const table of tables) await pool.query('ANALYZE TABLE ??', [Object.values(table)[0]]);
  },
};
