import type { ControlledTransaction, Kysely, Transaction } from 'kysely';
import type { Pool } from 'pg';
import type postgres from 'postgres';
import { kyselyAdapter } from './kysely.adapter.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { postgresJsAdapter } from './postgres-js.adapter.js';

interface Tables {
  lines: { line: string };
}

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** Handlers get the very transactions of the libraries; those of Prisma are in prisma-types.spec.ts. */
export function fits(db: Kysely<Tables>, sql: postgres.Sql, pool: Pool): readonly true[] {
  const ofKysely = kyselyAdapter(db, { pool });
  const ofPostgresJs = postgresJsAdapter(sql);
  const isTransaction: Same<typeof ofKysely, PostgresAdapter<Transaction<Tables>>> = true;
  const isSql: Same<typeof ofPostgresJs, PostgresAdapter<postgres.TransactionSql>> = true;
  // @ts-expect-error nothing of ours is committed by a handler
  const isControlled: PostgresAdapter<ControlledTransaction<Tables>> = ofKysely;
  void isControlled;
  return [isTransaction, isSql];
}
