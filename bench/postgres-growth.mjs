/** What is asked of Postgres about an inbox that has grown. */
export const postgresGrowth = {
  /** Statements of one shape are one: its values are parameters. */
  shapeOf: (text) => text,
  isOfInbox: (text) => text.includes('glomopay_event') && text.includes('$1'),

  /** Events of the past, one a second, the last one a second ago. */
  async fillInbox(pool, account, size) {
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
    // So many that no plan reads them all because they are few.
    await pool.query(
      `INSERT INTO glomopay_event_handlers (account, event_id, handler, state, tries, received_at)
       SELECT e.account, e.id, 'Listener.paid', 'done', 0, e.received_at
       FROM glomopay_events e ORDER BY e.account, e.id LIMIT 20000`,
    );
    await pool.query(
      'VACUUM ANALYZE glomopay_events, glomopay_event_keys, glomopay_event_handlers',
    );
  },

  /** The indexes of a plan, and the tables that it reads from end to end. */
  async planOf(pool, text, params) {
    const plan = { indexes: [], scans: [] };
    const { rows } = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, [...params]);
    walk(rows[0]['QUERY PLAN'][0].Plan, (node) => {
      if (node['Index Name'] !== undefined) plan.indexes.push(node['Index Name']);
      if (node['Node Type'] === 'Seq Scan') plan.scans.push(node['Relation Name']);
    });
    return plan;
  },
};

function walk(node, visit) {
  visit(node);
  for (const child of node.Plans ?? []) walk(child, visit);
}
