import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Pool, type PoolClient } from 'pg';
import { aPostgresWithRoles, type PostgresRoles } from '../../test/postgres-roles.js';
import { aSchemaHandedOn, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { openPostgres, pgStack, type Config } from '../../test/postgres-stacks.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import * as erasure from './erasure-statements.js';
import { applicationRights, grantsOf, readerColumns } from './grants.js';
import * as history from './history-statements.js';
import * as inbox from './inbox-statements.js';
import { pgAdapter } from './pg.adapter.js';
import { postgresNames, type PostgresStoreOptions } from './postgres-store-options.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import * as rowLocks from './row-lock-statements.js';
import * as settlement from './settlement-statements.js';
import * as movements from './statements.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

const statements: Readonly<Record<string, string>> = {
  ...erasure,
  ...history,
  ...inbox,
  ...settlement,
  ...movements,
  ...Object.fromEntries(Object.entries(rowLocks).map(([name, text]) => [`${name} by rows`, text])),
  migrations: 'SELECT m.version FROM glomopay_migrations m',
};

suite(`PostgresTrackingStore as a role with its grants and no more (${postgresPlace})`, () => {
  const roles = aSchemaHandedOn(aPostgresWithRoles);
  const texts = new Set<string>();
  afterAll(() => roles.drop());

  const recorded = async (config: Config) => {
    const stack = await pgStack(config);
    const { query, transaction } = stack.adapter;
    return { ...stack, adapter: seen({ query, transaction }, texts) };
  };
  for (const { name, run } of trackingStoreContract(() =>
    openPostgres(recorded, '', () => roles.next()),
  )) {
    it(name, run);
  }

  it('has run constants only: no text of a statement is made from a value', async () => {
    const atBoot = new Set<string>();
    const schema = await roles.next();
    const pool = new Pool({ ...schema.config(), max: 1 });
    const { query, transaction } = pgAdapter<PoolClient>(pool);
    await new PostgresTrackingStore(seen({ query, transaction }, atBoot)).migrate();
    await pool.end();
    const constants = new Set([...Object.values(statements), ...atBoot]);
    expect(texts.size).toBeGreaterThan(30);
    expect([...texts].filter((text) => !constants.has(text))).toEqual([]);
  });
});

suite(`The grants of PostgresTrackingStore (${postgresPlace})`, () => {
  let roles: PostgresRoles;
  let app: Client;
  let reader: Client;
  beforeAll(async () => {
    roles = await aPostgresWithRoles();
    app = new Client(roles.as('app'));
    reader = new Client(roles.as('reader'));
    await Promise.all([app.connect(), reader.connect()]);
    for (const [name, text] of Object.entries(statements)) {
      await app.query(`PREPARE "${name}" AS ${text}`);
    }
  });
  afterAll(async () => {
    await Promise.all([app.end(), reader.end()]);
    await roles.drop();
  });

  /** Plans every statement, which asks for the rights that running it does. */
  async function refused(): Promise<string[]> {
    const names: string[] = [];
    for (const [name, text] of Object.entries(statements)) {
      const most = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, at]) => Number(at)));
      const params = most === 0 ? '' : `(${Array.from({ length: most }, () => 'NULL').join(', ')})`;
      try {
        await app.query(`EXPLAIN EXECUTE "${name}" ${params}`);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: '42501' });
        names.push(name);
      }
    }
    return names;
  }

  it('are enough for every statement', async () => {
    expect(await refused()).toEqual([]);
  });

  it.each(
    Object.entries(applicationRights).flatMap(([table, rights]) =>
      rights.map((right) => [right, table] as const),
    ),
  )('are all needed: without %s on %s a statement is refused', async (right, table) => {
    await roles.host.query(`REVOKE ${right} ON ${table} FROM ${roles.app}`);
    try {
      expect(await refused()).not.toEqual([]);
    } finally {
      await roles.host.query(`GRANT ${right} ON ${table} TO ${roles.app}`);
    }
    expect(await refused()).toEqual([]);
  });

  it('are on all tables there are, and on nothing else', async () => {
    const { rows } = await roles.host.query<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r'
        AND relname <> 'lines' ORDER BY relname`,
      [roles.name],
    );
    expect(rows.map(({ relname }) => relname)).toEqual(Object.keys(applicationRights).toSorted());
    await expect(app.query('CREATE TABLE mine (a int)')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('TRUNCATE glomopay_events')).rejects.toMatchObject({ code: '42501' });
  });

  it('let people read all but the bodies of events, and write nothing', async () => {
    for (const table of Object.keys(applicationRights)) {
      const columns = readerColumns[table]?.join(', ') ?? '*';
      await reader.query(`SELECT ${columns} FROM ${table}`);
      await expect(reader.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(reader.query('SELECT body FROM glomopay_events')).rejects.toMatchObject({
      code: '42501',
    });
    const { rows } = await roles.host.query<{ attname: string }>(
      `SELECT attname FROM pg_attribute WHERE attrelid = 'glomopay_events'::regclass
        AND attnum > 0 AND NOT attisdropped AND attname <> 'body' ORDER BY attname`,
    );
    const expected = readerColumns['glomopay_events']?.toSorted();
    expect(rows.map(({ attname }) => attname)).toEqual(expected);
  });

  it('let the application examine its tables', async () => {
    const pool = new Pool({ ...roles.as('app'), max: 1 });
    const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
    expect(await store.examineTables()).toMatchObject({ version: 3, differences: [] });
    await pool.end();
  });

  it('name tables wherever they are', () => {
    const grants = grantsOf(postgresNames({ schema: 'payments', tablePrefix: 'shop_' }));
    expect(grants[0]).toBe('GRANT USAGE ON SCHEMA "payments" TO glomopay_app, glomopay_reader');
    expect(grants).toContain(
      'GRANT SELECT, INSERT, UPDATE ON "payments".shop_glomopay_movements TO glomopay_app',
    );
  });
});

suite(`The start of PostgresTrackingStore without a right (${postgresPlace})`, () => {
  let roles: PostgresRoles;
  beforeAll(async () => {
    roles = await aPostgresWithRoles();
  });
  afterAll(() => roles.drop());

  /** What a start says, of one that migrates and of one that only looks. */
  async function starts(
    options: PostgresStoreOptions = {},
    as: 'owner' | 'app' | undefined = 'app',
  ): Promise<string[]> {
    const pool = new Pool({ ...(as === undefined ? roles.superuser : roles.as(as)), max: 1 });
    const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool), options);
    const said: string[] = [];
    for (const start of [() => store.migrate(), () => store.assertMigrated()]) {
      await start().then(
        () => said.push('started'),
        (thrown: unknown) => said.push(String(thrown)),
      );
    }
    await pool.end();
    return said;
  }
  const STARTED = ['started', 'started'];

  it.each(
    Object.entries(applicationRights).flatMap(([table, rights]) =>
      rights.map((right) => [right, table] as const),
    ),
  )('names %s on %s, and the grant that mends it', async (right, table) => {
    await roles.host.query(`REVOKE ${right} ON ${table} FROM ${roles.app}`);
    const fault = `GlomopayConfigurationError: The Glomopay options cannot be used:\n- store: its database role "${roles.app}" has no ${right} on ${table}; the owner must run: GRANT ${right} ON ${table} TO "${roles.app}"`;
    try {
      expect(await starts({ locks: 'rows' })).toEqual([fault, fault]);
      // Without locks by rows, the table of them is not used.
      expect(await starts()).toEqual(table === 'glomopay_locks' ? STARTED : [fault, fault]);
    } finally {
      await roles.host.query(`GRANT ${right} ON ${table} TO ${roles.app}`);
    }
    expect(await starts({ locks: 'rows' })).toEqual(STARTED);
  });

  it('names the schema that may not be used', async () => {
    await roles.host.query(`REVOKE USAGE ON SCHEMA ${roles.name} FROM ${roles.app}`);
    try {
      const grant = `GRANT USAGE ON SCHEMA "${roles.name}" TO "${roles.app}"`;
      const fault = expect.stringContaining(
        `USAGE on schema "${roles.name}"; the owner must run: ${grant}`,
      );
      expect(await starts({ schema: roles.name })).toEqual([fault, fault]);
      const pathless = expect.stringContaining('or its role may use none of them');
      expect(await starts()).toEqual([pathless, pathless]);
    } finally {
      await roles.host.query(`GRANT USAGE ON SCHEMA ${roles.name} TO ${roles.app}`);
    }
    expect(await starts({ schema: roles.name })).toEqual(STARTED);
  });

  it('says where the role may not make the tables', async () => {
    const fault = expect.stringContaining('may not make its tables');
    expect((await starts({ tablePrefix: 'none_' }))[0]).toEqual(fault);
  });

  it.each(['owner', undefined] as const)(
    'lets the owner and a superuser through: %s',
    async (as) => {
      expect(await starts({ locks: 'rows' }, as)).toEqual(STARTED);
    },
  );

  it('takes what a role has by another, by PUBLIC and on columns', async () => {
    const group = `group_${roles.app}`;
    await roles.host.query(`CREATE ROLE ${group}; GRANT ${group} TO ${roles.app};
      REVOKE ALL ON glomopay_events, glomopay_history, glomopay_handlers FROM ${roles.app};
      GRANT ALL ON glomopay_events TO ${group}; GRANT ALL ON glomopay_history TO PUBLIC;
      GRANT SELECT (account, kind, handler, seen_at), INSERT (account, kind, handler, seen_at),
        UPDATE (seen_at) ON glomopay_handlers TO ${roles.app}`);
    try {
      expect(await starts()).toEqual(STARTED);
    } finally {
      await roles.host.query(`DROP OWNED BY ${group}; DROP ROLE ${group}`);
    }
  });
});

type Adapter = ReturnType<typeof pgAdapter<PoolClient>>;

function seen({ query, transaction }: Pick<Adapter, 'query' | 'transaction'>, texts: Set<string>) {
  const noting =
    (run: Adapter['query']): Adapter['query'] =>
    (text, params) => {
      texts.add(text);
      return run(text, params);
    };
  const adapter: Adapter = {
    query: noting(query),
    transaction: (work, options) => transaction((tx, run) => work(tx, noting(run)), options),
  };
  return adapter;
}
