const AT_ONCE = 100_000;
const DIGITS =
  'SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9';
/** The numbers from 1 to 100,000. */
const NUMBERS = `SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
  FROM (${DIGITS}) a, (${DIGITS}) b, (${DIGITS}) c, (${DIGITS}) e, (${DIGITS}) f`;

/** What is asked of MariaDB or MySQL about an inbox that has grown. */
export const mysqlGrowth = {
  /** Statements of one shape are one: its values are in the text. */
  shapeOf: (text) => text.replaceAll(/X'[0-9a-f]*'/g, '?').replaceAll(/\b\d+\b/g, '?'),
  isOfInbox: (text) =>
    text.includes('glomopay_event') &&
    !text.includes('information_schema') &&
    /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text),

  /** Events of the past, one a second, the last one a second ago. */
  async fillInbox(pool, account, size) {
    for (let from = 0; from < size; from += AT_ONCE) {
      await pool.query(
        `INSERT INTO glomopay_events (account, id, received_at, type, object_id, state, next_try_at, body)
         SELECT ?, SHA2(n + ?, 256), ? - 1000 * (n + ?), 'payment.success', CONCAT('payt_', n + ?),
           CASE (n + ?) % 1000 WHEN 0 THEN 'failed' ELSE 'handled' END, NULL, '{}'
         FROM (${NUMBERS}) s WHERE n + ? <= ?`,
        [account, from, Date.now(), from, from, from, from, size],
      );
    }
    await pool.query(
      `INSERT INTO glomopay_event_keys (account, \`key\`, received_at)
       SELECT account, UNHEX(SUBSTR(id, 7, 32)), received_at FROM glomopay_events`,
    );
    // So many that no plan reads them all because they are few.
    await pool.query(
      `INSERT INTO glomopay_event_handlers (account, event_id, handler, state, tries)
       SELECT account, id, 'Listener.paid', 'done', 0 FROM glomopay_events ORDER BY account, id LIMIT 20000`,
    );
    await pool.query('ANALYZE TABLE glomopay_events, glomopay_event_keys, glomopay_event_handlers');
  },

  /** The indexes of a plan, and the tables that it reads from end to end, by rows or by an index. */
  async planOf(pool, text) {
    const [rows] = await pool.query(`EXPLAIN ${text}`);
    const read = rows.filter(isReadTable);
    return {
      indexes: read.flatMap(({ key }) => key ?? []),
      scans: read.filter(({ type }) => ['ALL', 'index'].includes(type)).map(({ table }) => table),
    };
  },
};

/** What a statement writes into, and what it makes for itself, is not read from the disk. */
function isReadTable({ select_type: step, table, Extra: extra }) {
  if (table === null || step === 'INSERT') return false;
  return !table.startsWith('<') && !(extra ?? '').includes('Table function');
}
