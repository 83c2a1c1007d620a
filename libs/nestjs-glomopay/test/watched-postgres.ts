import { PostgresTrackingStore } from '../src/postgres/postgres-tracking-store.js';
import { aPostgresSchema, type PostgresSchema } from './postgres-schema.js';
import { pgStack, type PostgresStack } from './postgres-stacks.js';

/** A transaction of `pg`, as the store lends it. */
export type Tx = Parameters<Parameters<PostgresStack<unknown>['adapter']['transaction']>[0]>[0];

/** A store in a schema of its own, whose sessions do not wait for the disk, and what it is seen to run. */
export interface WatchedPostgres {
  readonly schema: PostgresSchema;
  readonly store: PostgresTrackingStore<Tx>;
  /** Under the store, and not watched. */
  readonly adapter: PostgresStack<Tx>['adapter'];
  /** Statements outside transactions, in order. */
  readonly seen: readonly string[];
  /** How many of them were under way at once at most. */
  readonly most: number;
  /** Forgets what was seen. */
  forget(): void;
  close(): Promise<void>;
}

export async function aWatchedPostgres(): Promise<WatchedPostgres> {
  const schema = await aPostgresSchema();
  const stack = await pgStack(schema.config('-c synchronous_commit=off'));
  const { query, transaction } = stack.adapter;
  const seen: string[] = [];
  let underWay = 0;
  let most = 0;
  const store = new PostgresTrackingStore<Tx>({
    transaction,
    async query(text, params) {
      seen.push(text);
      most = Math.max(most, (underWay += 1));
      return query(text, params).finally(() => (underWay -= 1));
    },
  });
  await store.migrate();
  const forget = (): void => {
    seen.length = 0;
    most = 0;
  };
  forget();
  return {
    schema,
    store,
    adapter: stack.adapter,
    seen,
    get most() {
      return most;
    },
    forget,
    async close() {
      await store.close();
      await stack.end();
      await schema.drop();
    },
  };
}
