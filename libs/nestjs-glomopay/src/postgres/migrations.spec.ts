import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { postgresMove } from '../../test/dba-moves.js';
import { knowsItsSchema, schemaSql } from '../../test/older-schema.js';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { openPostgres, pgStack } from '../../test/postgres-stacks.js';
import { livesOnAfterUpgrade, type Upgrade } from '../../test/upgraded-life.js';
import { anIntent } from '../testing/contract/harness.js';
import { anEvent } from '../testing/contract/inbox-harness.js';
import { postgresMigrations } from './migrations.js';
import { postgresPartitions } from './partitions.js';
import { pgAdapter } from './pg.adapter.js';
import type { PostgresStoreOptions } from './postgres-store-options.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

/** Where docs/dba.md moves tables to. */
const MOVED = ({ name }: PostgresSchema): PostgresStoreOptions => ({
  schema: `${name}_payments`,
  tablePrefix: 'shop_',
});

async function move({ host, name }: PostgresSchema): Promise<void> {
  await host.query(`CREATE SCHEMA ${name}_payments`);
  await host.query(postgresMove(name, `${name}_payments`));
}

async function upgradeOf(
  bring: (store: PostgresTrackingStore<PoolClient>, schema: PostgresSchema) => Promise<void>,
  optionsOf: (schema: PostgresSchema) => PostgresStoreOptions = () => ({}),
): Promise<Upgrade> {
  const schema = await aPostgresSchema();
  const pool = new Pool({ ...schema.config(), max: 3 });
  const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool), optionsOf(schema));
  return {
    run: (statements) => schema.host.query(statements),
    async upgraded() {
      await bring(store, schema);
      return store;
    },
    async close() {
      await store.close();
      await pool.end();
      await schema.host.query(`SET client_min_messages = error;
        DROP SCHEMA IF EXISTS ${schema.name}_payments CASCADE`);
      await schema.drop();
    },
  };
}

suite(`The schema of PostgresTrackingStore (${postgresPlace})`, () => {
  knowsItsSchema('postgres', async () => {
    const harness = await openPostgres(pgStack);
    return { harness, run: (statement) => harness.run(statement) };
  });

  livesOnAfterUpgrade('postgres', {
    'where it is': () => upgradeOf(async (store) => store.migrate()),
    'by the SQL that is printed': () =>
      upgradeOf(async (store, { host }) => {
        await host.query(postgresMigrations(2).join(';'));
        await store.assertMigrated();
      }),
    'and its tables were moved afterwards': () =>
      upgradeOf(async (store, schema) => {
        await schema.host.query(postgresMigrations(2).join(';'));
        await move(schema);
        await store.assertMigrated();
      }, MOVED),
    'and its tables were moved before': () =>
      upgradeOf(async (store, schema) => {
        await move(schema);
        await store.migrate();
      }, MOVED),
    'and is partitioned now': () =>
      upgradeOf(async (store, { host }) => {
        await store.migrate();
        const today = new Date();
        const from = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1));
        await host.query(postgresPartitions({ from, months: 2 }).join(';'));
      }),
    'with locks by rows': () =>
      upgradeOf(
        async (store) => store.migrate(),
        () => ({ locks: 'rows' }),
      ),
  });

  describe('on one schema', () => {
    let schema: PostgresSchema;
    let pool: Pool;
    let store: PostgresTrackingStore<PoolClient>;
    beforeEach(async () => {
      schema = await aPostgresSchema();
      pool = new Pool({ ...schema.config(), max: 3 });
      store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
    });
    afterEach(async () => {
      await store.close();
      await pool.end();
      await schema.drop();
    });

    it('is found by a role that may create nothing', async () => {
      await store.migrate();
      const name = new URLSearchParams(schema.config().options.replaceAll(' ', '&')).get(
        'search_path',
      );
      const role = `glomopay_app_${randomBytes(4).toString('hex')}`;
      await schema.host.query(`CREATE ROLE ${role} LOGIN;
        GRANT USAGE ON SCHEMA ${name} TO ${role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${role}`);
      const url = new URL(schema.config().connectionString);
      url.username = role;
      const own = new Pool({ ...schema.config(), connectionString: url.href, max: 2 });
      try {
        await expect(own.query('CREATE TABLE no (a int)')).rejects.toMatchObject({ code: '42501' });
        const app = new PostgresTrackingStore(pgAdapter<PoolClient>(own));
        await app.migrate();
        await app.assertMigrated();
        expect((await app.insert(anIntent(), 0)).inserted).toBe(true);
        expect(await app.claimDue('default', 10, 1_000)).toHaveLength(1);
        expect(await app.inbox.insert(anEvent())).toBe(true);
        expect(await app.inbox.due('default', 10)).toHaveLength(1);
        await app.noteHandlers([{ account: '', kind: 'event', handler: 'Shop.ship' }]);
      } finally {
        await own.end();
        await schema.host.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      }
    });

    it('is not written when it is as it should be', async () => {
      await store.migrate();
      const seen: string[] = [];
      const { query, transaction } = pgAdapter<PoolClient>(pool);
      const other = new PostgresTrackingStore<PoolClient>({
        query: (text, params) => {
          seen.push(text);
          return query(text, params);
        },
        transaction: (work) => {
          seen.push('BEGIN');
          return transaction(work);
        },
      });
      await other.migrate();
      expect(seen.filter((text) => !text.trimStart().startsWith('SELECT'))).toEqual([]);
    });

    it('is not mistaken for that of another application further along the path', async () => {
      await store.migrate();
      const [, first] = /search_path=(\S+)/.exec(schema.config().options) ?? [];
      const second = `${first}_b`;
      await schema.host.query(`CREATE SCHEMA ${second}`);
      const options = `-c search_path=${second},${first}`;
      const own = new Pool({ ...schema.config(), options, max: 1 });
      try {
        const other = new PostgresTrackingStore(pgAdapter<PoolClient>(own));
        await expect(other.assertMigrated()).rejects.toThrow('missing');
        await other.migrate();
        await other.insert(anIntent(), 0);
        expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 0 });
      } finally {
        await own.end();
        await schema.host.query(`DROP SCHEMA ${second} CASCADE`);
      }
    });

    it('waits for a handler that is at work, and holds nobody up for longer than two seconds', async () => {
      await schema.host.query(schemaSql('postgres', 1) + schemaSql('postgres', 2));
      const handler = await schema.host.connect();
      await handler.query('BEGIN; SELECT * FROM glomopay_events FOR SHARE');
      const migrated = store.migrate();
      const free = setTimeout(() => void handler.query('COMMIT'), 3_000);
      await migrated;
      clearTimeout(free);
      handler.release();
      await store.assertMigrated();
    });

    it.each([0, 1, 2])('can be made by hand from version %i on', async (from) => {
      if (from > 0) await schema.host.query(schemaSql('postgres', 1));
      if (from > 1) await schema.host.query(schemaSql('postgres', 2));
      await schema.host.query(postgresMigrations(from).join(';\n'));
      await store.assertMigrated();
      expect((await store.insert(anIntent(), 0)).inserted).toBe(true);
      expect(postgresMigrations(3)).toEqual([]);
    });
  });
});
