import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';

const URL_OF_POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/** A pool into a schema of its own; `end` drops the schema again. */
export async function ownSchema(max) {
  const schema = `bench_${randomUUID().replaceAll('-', '')}`;
  const admin = new Pool({ connectionString: URL_OF_POSTGRES, max: 1 });
  await admin.query(`CREATE SCHEMA ${schema}`);
  const pool = new Pool({
    connectionString: URL_OF_POSTGRES,
    max,
    options: `-c search_path=${schema}`,
  });
  const end = async () => {
    await pool.end();
    await admin.query(`DROP SCHEMA ${schema} CASCADE`);
    await admin.end();
  };
  return { pool, end };
}
