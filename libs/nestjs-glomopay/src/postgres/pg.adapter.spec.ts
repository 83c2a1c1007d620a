import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { aKey, anIntent } from '../testing/contract/harness.js';
import { pgAdapter } from './pg.adapter.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`pgAdapter (${postgresPlace})`, () => {
  let schema: PostgresSchema;
  let pool: Pool;
  let store: PostgresTrackingStore<PoolClient>;

  beforeEach(async () => {
    schema = await aPostgresSchema();
    pool = new Pool({ ...schema.config(), max: 1 });
    store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
    await store.migrate();
    await store.insert(anIntent(), 0);
    await store.find(aKey());
  });
  afterEach(async () => {
    await store.close();
    await pool.end();
    await schema.drop();
  });

  it('names { prepare: false } when a pooler has lost its prepared statements', async () => {
    await pool.query('DEALLOCATE ALL');
    await expect(store.find(aKey())).rejects.toMatchObject({
      message: expect.stringContaining('{ prepare: false }'),
      cause: { code: '26000' },
    });
  });

  it('names { prepare: false } when a pooler has prepared statements of another', async () => {
    const client = await pool.connect();
    const connection: unknown = Reflect.get(client, 'connection');
    Reflect.set(Object(connection), 'parsedStatements', {});
    client.release();
    await expect(store.find(aKey())).rejects.toMatchObject({
      message: expect.stringContaining('{ prepare: false }'),
      cause: { code: '42P05' },
    });
  });

  it('keeps a connection on which a statement has failed', async () => {
    const { adapter, pid } = {
      adapter: pgAdapter<PoolClient>(pool),
      pid: 'SELECT pg_backend_pid()',
    };
    const before = await adapter.query(pid, []);
    await expect(adapter.query('SELECT 1 / 0', [])).rejects.toMatchObject({ code: '22012' });
    expect(await adapter.query(pid, [])).toEqual(before);
  });

  it('survives the end of an idle connection, also where nobody listens to the pool', async () => {
    const removed = new Promise((resolve) => pool.once('remove', resolve));
    const [row] = await pgAdapter<PoolClient>(pool).query(
      'SELECT pg_backend_pid()::text AS pid',
      [],
    );
    await schema.host.query('SELECT pg_terminate_backend($1::int, 5000)', [row?.['pid']]);
    await removed;
    expect(await store.find(aKey())).toMatchObject({ state: 'created' });
  });

  it('listens to a pool once, however many stores are on it', async () => {
    const before = pool.listenerCount('connect');
    for (let n = 0; n < 20; n += 1) await pgAdapter<PoolClient>(pool).query('SELECT 1', []);
    expect(pool.listenerCount('connect')).toBe(before);
    const client = await pool.connect();
    // For the turn in which it is handed out the watch shields it; then it is the host's alone.
    const shields = client.listenerCount('error');
    await new Promise(setImmediate);
    const left = client.listenerCount('error');
    client.release();
    expect([shields, left]).toEqual([1, 0]);
  });
});
