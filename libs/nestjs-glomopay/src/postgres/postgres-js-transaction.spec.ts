import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { drizzleConnections } from './drizzle.adapter.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { postgresJsAdapter, postgresJsConnections } from './postgres-js.adapter.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`a transaction of postgres.js (${postgresPlace})`, () => {
  let schema: PostgresSchema;
  let sql: postgres.Sql;
  let adapter: PostgresAdapter<postgres.TransactionSql>;

  beforeEach(async () => {
    schema = await aPostgresSchema();
    const { connectionString, options } = schema.config();
    // One connection: what comes after its death gets the same one.
    sql = postgres(connectionString, { max: 1, connection: { options } });
    adapter = postgresJsAdapter(sql);
  });
  afterEach(async () => {
    await sql.end({ timeout: 1 });
    await schema.drop();
  });

  async function end(tx: postgres.TransactionSql): Promise<void> {
    const [row] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    await schema.host.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
    await sleep(50);
  }

  it('runs nothing once its connection is dead', async () => {
    const statements = adapter.transaction(async (tx) => {
      const early = tx`INSERT INTO lines VALUES ('made before')`;
      await end(tx);
      const late = [
        early,
        tx`INSERT INTO lines VALUES ('template')`,
        tx.unsafe(`INSERT INTO lines VALUES ('unsafe')`),
        tx.savepoint((inner) => inner`INSERT INTO lines VALUES ('savepoint')`),
      ];
      const ends = await Promise.allSettled(late);
      expect(ends.map((one) => one.status)).toEqual(Array(4).fill('rejected'));
      for (const one of ends) expect(one).toHaveProperty('reason.name', 'TransactionOverError');
    });
    await expect(statements).rejects.toThrow();
    expect(await schema.lines()).toEqual([]);
  });

  it('runs nothing in a session that its connection has had since', async () => {
    const statements = adapter.transaction(async (tx) => {
      await end(tx);
      await sql`SELECT 1`;
      await tx`INSERT INTO lines VALUES ('lost')`;
    });
    await expect(statements).rejects.toThrow('The transaction has ended');
    await adapter.transaction((tx) => tx`INSERT INTO lines VALUES ('once')`);
    expect(await schema.lines()).toEqual(['once']);
  });

  it('fails with a savepoint in which its connection dies', async () => {
    const statements = adapter.transaction((tx) =>
      tx.savepoint(async (inner) => {
        await end(inner);
        await inner`INSERT INTO lines VALUES ('lost')`;
      }),
    );
    await expect(statements).rejects.toThrow();
    expect(await adapter.query('SELECT line FROM lines', [])).toEqual([]);
  });

  it('keeps what is written around a savepoint that failed', async () => {
    await adapter.transaction(async (tx) => {
      await tx`INSERT INTO lines ${tx({ line: 'before' })}`;
      await tx.savepoint((inner) => inner`SELECT 1 / 0`).catch(() => undefined);
      await tx.savepoint('named', (inner) => inner`INSERT INTO lines VALUES ('inside')`);
    });
    expect(await schema.lines()).toEqual(['before', 'inside']);
  });

  it('runs nothing more through Drizzle either, in savepoints too', async () => {
    const throughDrizzle = drizzleConnections(drizzle(sql), drizzleSql);
    const statements = throughDrizzle.transaction(async (tx) => {
      await tx.transaction((inner) => inner.execute(`INSERT INTO lines VALUES ('rolled back')`));
      const [row] = await tx.execute('SELECT pg_backend_pid() AS pid');
      await schema.host.query('SELECT pg_terminate_backend($1, 5000)', [row?.['pid']]);
      await sleep(50);
      await sql`SELECT 1`;
      const late = [
        tx.execute(`INSERT INTO lines VALUES ('lost')`),
        tx.transaction((inner) => inner.execute(`INSERT INTO lines VALUES ('lost inside')`)),
      ];
      const ends = await Promise.allSettled(late);
      expect(ends.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    });
    await expect(statements).rejects.toThrow();
    await throughDrizzle.transaction((tx) => tx.execute(`INSERT INTO lines VALUES ('once')`));
    expect(await schema.lines()).toEqual(['once']);
  });

  it('is rolled back when it began too late for whoever waited', async () => {
    let free: () => void = () => undefined;
    const freed = new Promise<void>((resolve) => (free = resolve));
    const holding = sql.begin(() => freed);
    const limits = { connectMs: 100, answerMs: 100, patientAnswerMs: 10_000 };
    const none = async () => undefined;
    const hasty = postgresJsConnections(sql, limits);
    await expect(hasty.transaction(none)).rejects.toThrow('no connection');
    const throughDrizzle = drizzleConnections(drizzle(sql), drizzleSql, limits);
    await expect(throughDrizzle.transaction(none)).rejects.toThrow('did not answer');
    free();
    await holding;
    await adapter.transaction((tx) => tx`INSERT INTO lines VALUES ('once')`);
    expect(await schema.lines()).toEqual(['once']);
  });
});
