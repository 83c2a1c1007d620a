import { randomUUID } from 'node:crypto';
import { createConnection, createPool } from 'mysql2/promise';

const URL_OF_MYSQL = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';

/** A pool into a database of its own; `end` drops the database again. */
export async function ownDatabase(max) {
  const database = `bench_${randomUUID().replaceAll('-', '')}`;
  const admin = await createConnection({ uri: URL_OF_MYSQL });
  await admin.query(`CREATE DATABASE ${database}`);
  const pool = createPool({ uri: URL_OF_MYSQL, database, connectionLimit: max });
  const end = async () => {
    await pool.end();
    await admin.query(`DROP DATABASE ${database}`);
    await admin.end();
  };
  return { pool, end };
}

/** `MariaDB` or `MySQL`, whichever it is that answers. */
export async function nameOfServer() {
  const connection = await createConnection({ uri: URL_OF_MYSQL });
  const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
  await connection.end();
  return version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
}
