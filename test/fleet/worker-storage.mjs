import path from 'node:path';
import Database from 'libsql';
import { createPool } from 'mysql2/promise';
import { MysqlTrackingStore, mysql2Adapter } from 'nestjs-glomopay/mysql';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool } from 'pg';

// Where this worker keeps events and effects: the store, how an effect is written in a transaction of
// it, and how past it; what an outcome handler writes in its own, and what followed an outcome. (In SQLite a handler that writes past it only waits for itself.)
export function openStorage({ DATABASE_URL, DATA_DIR, MARIADB_URL }) {
  if (MARIADB_URL !== undefined) return mariadb(MARIADB_URL);
  return DATABASE_URL === undefined ? sqlite(DATA_DIR) : postgres(DATABASE_URL);
}

function postgres(connectionString) {
  const pool = new Pool({ connectionString, max: 10 });
  pool.on('error', () => undefined);
  return {
    store: new PostgresTrackingStore(pgAdapter(pool)),
    insert: insertPostgres,
    insertOutside: (effect) => insertPostgres(pool, effect),
    tell: (tx, row) => tx.query('INSERT INTO told (request_id, outcome) VALUES ($1, $2)', row),
    async follow(_delivery, row) {
      await pool.query('INSERT INTO followed (request_id, outcome) VALUES ($1, $2)', row);
    },
    close: () => pool.end(),
  };
}

function mariadb(uri) {
  const pool = createPool({ uri, connectionLimit: 10 });
  return {
    store: new MysqlTrackingStore(mysql2Adapter(pool)),
    insert: insertMariadb,
    insertOutside: (effect) => insertMariadb(pool, effect),
    tell: (tx, row) => tx.query('INSERT INTO told (request_id, outcome) VALUES (?, ?)', row),
    async follow(_delivery, row) {
      await pool.query('INSERT INTO followed (request_id, outcome) VALUES (?, ?)', row);
    },
    close: () => pool.end(),
  };
}

function sqlite(folder) {
  const open = () => new Database(path.join(folder, 'shop.db'));
  return {
    store: new SqliteTrackingStore(open),
    insert: insertSqlite,
    tell: async (database, row) =>
      database.prepare('INSERT INTO told (request_id, outcome) VALUES (?, ?)').run(...row),
    follow: (delivery, row) =>
      delivery.commit(async (database) => {
        database.prepare('INSERT INTO followed (request_id, outcome) VALUES (?, ?)').run(...row);
      }),
    async close() {},
  };
}

async function insertPostgres(runner, effect) {
  await runner.query('INSERT INTO effects (event_id, handler) VALUES ($1, $2)', effect);
}

async function insertMariadb(runner, effect) {
  await runner.query('INSERT INTO effects (event_id, handler) VALUES (?, ?)', effect);
}

async function insertSqlite(database, effect) {
  database.prepare('INSERT INTO effects (event_id, handler) VALUES (?, ?)').run(...effect);
}
