import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, createPool, type Connection, type PoolConnection } from 'mysql2/promise';
import { aDatabaseHandedOn, isMysqlThere, mysqlPlace } from '../../test/mysql-database.js';
import { aMysqlDatabaseWithRoles, singleRights, type MysqlRoles } from '../../test/mysql-roles.js';
import { mysql2Stack, openMysql, type MysqlStack } from '../../test/mysql-stacks.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import { applicationRights, grantsOf } from './grants.js';
import type { MysqlQuery } from './mysql-adapter.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { mysqlNames } from './mysql-store-options.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`MysqlTrackingStore as an account with its grants and no more (${mysqlPlace})`, () => {
  const roles = aDatabaseHandedOn(() => aMysqlDatabaseWithRoles());
  /** What the contract has run, one statement of each form. */
  const statements = new Map<string, string>();
  let own: MysqlRoles;
  let app: Connection;
  beforeAll(async () => {
    own = await aMysqlDatabaseWithRoles();
    app = await createConnection(own.place);
  });
  afterAll(async () => {
    await app.end();
    await own.drop();
    await roles.drop();
  });

  for (const { name, run } of trackingStoreContract(() =>
    openMysql(
      async (place) => seen(await mysql2Stack(place), statements),
      () => roles.next(),
    ),
  )) {
    it(name, run);
  }

  /** Plans what the contract has run, which asks for the rights that running it does. */
  async function refused(): Promise<string[]> {
    const forms: string[] = [];
    for (const [form, text] of statements) {
      try {
        await app.query(`EXPLAIN ${text}`);
      } catch (thrown) {
        expect(thrown).toMatchObject({ errno: expect.any(Number) });
        if ([1142, 1143].includes(Number(Reflect.get(Object(thrown), 'errno')))) forms.push(form);
      }
    }
    return forms;
  }

  it('finds its grants enough for every statement of the contract', async () => {
    expect(statements.size).toBeGreaterThan(40);
    expect(await refused()).toEqual([]);
  });

  it.each(singleRights)('is refused a statement without %s on %s', async (right, table) => {
    await own.host.query(`REVOKE ${right} ON ${table} FROM ${own.app}`);
    try {
      const forms = await refused();
      // MariaDB lets rows be locked by whoever may read them, and nothing else is updated there.
      const isLocking = table === 'glomopay_locks' && right === 'UPDATE' && (await isMariadb(app));
      expect(forms.length > 0).toBe(!isLocking);
    } finally {
      await own.host.query(`GRANT ${right} ON ${table} TO ${own.app}`);
    }
    expect(await refused()).toEqual([]);
  });

  it('has grants on all tables there are, and on nothing else', async () => {
    const tables = await own.rows(`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name <> 'lines'`);
    expect(tables.map(({ name }) => String(name)).toSorted()).toEqual(
      Object.keys(applicationRights).toSorted(),
    );
    await expect(app.query('CREATE TABLE mine (a INTEGER)')).rejects.toMatchObject({ errno: 1142 });
    await expect(app.query('TRUNCATE glomopay_events')).rejects.toMatchObject({ errno: 1142 });
  });
});

suite(`The start of MysqlTrackingStore without a right (${mysqlPlace})`, () => {
  let own: MysqlRoles;
  beforeAll(async () => {
    own = await aMysqlDatabaseWithRoles();
  });
  afterAll(() => own.drop());

  /** What a start says, of one that migrates and of one that only looks. */
  async function starts(place = own.place): Promise<string[]> {
    const pool = createPool({ ...place, connectionLimit: 1 });
    const store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool));
    const said: string[] = [];
    for (const start of [() => store.migrate(), () => store.assertMigrated()]) {
      await start().then(
        () => said.push('started'),
        (thrown: unknown) => said.push(String(thrown)),
      );
    }
    await store.close();
    await pool.end();
    return said;
  }

  it.each(singleRights)('names %s on %s, and the grant that mends it', async (right, table) => {
    await own.host.query(`REVOKE ${right} ON ${table} FROM ${own.app}`);
    try {
      const isLocking = table === 'glomopay_locks' && right === 'UPDATE';
      const fault =
        isLocking && (await isMariadb(own.host))
          ? 'started'
          : `GlomopayConfigurationError: The Glomopay options cannot be used:\n- store: its database role ${own.app} has no ${right} on ${table}; the owner must run: GRANT ${right} ON ${table} TO ${own.app}`;
      const said = await starts();
      expect(said).toEqual([fault, fault]);
    } finally {
      await own.host.query(`GRANT ${right} ON ${table} TO ${own.app}`);
    }
    expect(await starts()).toEqual(['started', 'started']);
  });

  it('lists all that is missing at once', async () => {
    await own.host.query(`REVOKE INSERT, DELETE ON glomopay_events FROM ${own.app}`);
    await own.host.query(`REVOKE SELECT, INSERT, UPDATE ON glomopay_handlers FROM ${own.app}`);
    const [said] = await starts();
    expect(said?.split('\n').slice(1)).toEqual([
      expect.stringMatching(/has no INSERT, DELETE on glomopay_events/),
      expect.stringMatching(/has no SELECT, INSERT, UPDATE on glomopay_handlers/),
    ]);
    for (const [right, table] of singleRights) {
      await own.host.query(`GRANT ${right} ON ${table} TO ${own.app}`);
    }
  });

  it('says of an account that sees no table what it has to be given', async () => {
    for (const [right, table] of singleRights) {
      await own.host.query(`REVOKE ${right} ON ${table} FROM ${own.app}`);
    }
    expect(await starts()).toEqual([
      expect.stringMatching(/may not create them.*migrations --dialect mysql/),
      expect.stringMatching(/its tables are missing/),
    ]);
    for (const [right, table] of singleRights) {
      await own.host.query(`GRANT ${right} ON ${table} TO ${own.app}`);
    }
  });

  it('lets the owner of everything through', async () => {
    expect(await starts(own.owner)).toEqual(['started', 'started']);
  });

  const name = `role_${process.pid}_${Date.now()}`;
  it.each<[string, (account: string, database: string) => readonly string[]]>([
    [
      'on the database, by its name',
      (account, database) => [
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ${database}.* TO ${account}`,
      ],
    ],
    [
      'on databases of a pattern',
      (account, database) => [
        `GRANT SELECT, INSERT, UPDATE, DELETE ON \`${database.slice(0, -1)}_\`.* TO ${account}`,
      ],
    ],
    [
      'by a role',
      (account) => [
        `CREATE ROLE ${name}`,
        ...grantsOf(mysqlNames(), name),
        `GRANT ${name} TO ${account}`,
        `SET DEFAULT ROLE ${name} FOR ${account}`,
      ],
    ],
    [
      'by columns',
      (account) => [
        ...grantsOf(mysqlNames(), account),
        `REVOKE UPDATE, SELECT ON glomopay_handlers FROM ${account}`,
        `GRANT SELECT (account, kind, handler, seen_at), UPDATE (seen_at) ON glomopay_handlers TO ${account}`,
      ],
    ],
  ])('lets an account through whose rights are %s', async (how, grants) => {
    const roles = await aMysqlDatabaseWithRoles(() => []);
    try {
      for (const grant of grants(roles.app, roles.owner.database)) await roles.host.query(grant);
      expect(await starts(roles.place)).toEqual(['started', 'started']);
    } finally {
      await roles.drop();
      if (how === 'by a role') await own.host.query(`DROP ROLE ${name}`);
    }
  });

  it('asks for rights by two statements, one of which is in place of another', async () => {
    const texts: string[] = [];
    const pool = createPool({ ...own.place, connectionLimit: 1 });
    const adapter = mysql2Adapter<PoolConnection>(pool);
    const query: MysqlQuery = (text) => {
      texts.push(text);
      return adapter.query(text);
    };
    await new MysqlTrackingStore({ ...adapter, query }).migrate();
    await pool.end();
    expect(texts).toEqual([
      expect.stringContaining('SHOW SESSION VARIABLES'),
      expect.stringContaining('information_schema.columns'),
      'SELECT * FROM glomopay_migrations',
      expect.stringMatching(/^EXPLAIN DELETE/),
    ]);
  });
});

async function isMariadb(on: Pick<Connection, 'query'>): Promise<boolean> {
  const [answer] = await on.query('SELECT VERSION() AS version');
  return /mariadb/i.test(JSON.stringify(answer));
}

/** The stack, with one statement kept of each form that its store runs. */
function seen<Tx>(stack: MysqlStack<Tx>, statements: Map<string, string>): MysqlStack<Tx> {
  const { query, transaction } = stack.adapter;
  const noting =
    (run: MysqlQuery): MysqlQuery =>
    (text) => {
      if (/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(text)) {
        statements.set(text.replaceAll(/0x[0-9a-f]*|x?'[^']*'|\d+/gi, '?').slice(0, 400), text);
      }
      return run(text);
    };
  return {
    ...stack,
    adapter: {
      query: noting(query),
      transaction: (work, options) => transaction((tx, run) => work(tx, noting(run)), options),
    },
  };
}
