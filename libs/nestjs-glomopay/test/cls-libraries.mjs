import { pathToFileURL } from 'node:url';

/**
 * Hosts of `cls-process.mjs`, by their database library: the store's adapter, the plugin's, and how a
 * line is written. A plugin's adapter is the published one (TypeORM), or as one writes it oneself.
 */
export const libraries = { typeorm, kysely, prisma, 'postgres.js': postgresJs, drizzle, pg };

async function typeorm({ connectionString, options }) {
  const { DataSource } = await import('typeorm');
  const { TransactionalAdapterTypeOrm } = await import('@nestjs-cls/transactional-adapter-typeorm');
  const { typeOrmAdapter } = await import('../src/postgres/type-orm.adapter.ts');
  const dataSource = await new DataSource({
    type: 'postgres',
    url: connectionString,
    extra: { options, max: 4 },
  }).initialize();
  return {
    token: DataSource,
    connection: dataSource,
    adapter: typeOrmAdapter(dataSource),
    plugin: new TransactionalAdapterTypeOrm({ dataSourceToken: DataSource }),
    write: (tx, line) => tx.query('INSERT INTO lines VALUES ($1)', [line]),
    end: () => dataSource.destroy(),
  };
}

async function kysely(config) {
  const { Kysely, PostgresDialect } = await import('kysely');
  const { kyselyAdapter } = await import('../src/postgres/kysely.adapter.ts');
  const pool = await aPool(config);
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    token: Kysely,
    connection: db,
    adapter: kyselyAdapter(db, { pool }),
    plugin: pluginOf(Kysely, (work) => db.transaction().execute(work)),
    write: (tx, line) => tx.insertInto('lines').values({ line }).execute(),
    end: () => db.destroy(),
  };
}

async function prisma(config) {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { prismaClientFolder } = await import('./prisma-client.ts');
  const { prismaAdapter } = await import('../src/postgres/prisma.adapter.ts');
  const { PrismaClient } = await import(
    pathToFileURL(`${await prismaClientFolder()}/client/client.ts`).href
  );
  const pool = await aPool(config);
  const { schemaOf } = await import('./postgres-schema.ts');
  const driver = new PrismaPg(pool, { schema: schemaOf(config) });
  const client = new PrismaClient({ adapter: driver });
  return {
    token: PrismaClient,
    connection: client,
    adapter: prismaAdapter(client),
    plugin: pluginOf(PrismaClient, (work) => client.$transaction(work)),
    write: (tx, line) => tx.line.create({ data: { line } }),
    async end() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function postgresJs({ connectionString, options }) {
  const { default: postgres } = await import('postgres');
  const { postgresJsAdapter } = await import('../src/postgres/postgres-js.adapter.ts');
  const sql = postgres(connectionString, { max: 4, connection: { options }, onnotice() {} });
  return {
    token: 'SQL',
    connection: sql,
    adapter: postgresJsAdapter(sql),
    plugin: pluginOf('SQL', (work) => sql.begin(work)),
    write: (tx, line) => tx`INSERT INTO lines ${tx({ line })}`,
    end: () => sql.end(),
  };
}

async function drizzle(config) {
  const { drizzle: open } = await import('drizzle-orm/node-postgres');
  const { sql } = await import('drizzle-orm');
  const { drizzleAdapter } = await import('../src/postgres/drizzle.adapter.ts');
  const pool = await aPool(config);
  const db = open(pool);
  return {
    token: 'DB',
    connection: db,
    adapter: drizzleAdapter(db, sql),
    plugin: pluginOf('DB', (work) => db.transaction(work)),
    write: async (tx, line) => tx.execute(sql`INSERT INTO lines VALUES (${line})`),
    end: () => pool.end(),
  };
}

async function pg(config) {
  const { pgAdapter } = await import('../src/postgres/pg.adapter.ts');
  const pool = await aPool(config);
  return {
    token: 'POOL',
    connection: pool,
    adapter: pgAdapter(pool),
    plugin: pluginOf('POOL', async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (thrown) {
        await client.query('ROLLBACK');
        throw thrown;
      } finally {
        client.release();
      }
    }),
    write: (tx, line) => tx.query('INSERT INTO lines VALUES ($1)', [line]),
    end: () => pool.end(),
  };
}

/** A transactional adapter as the documentation of the plugin has one write it. */
export function pluginOf(connectionToken, transaction) {
  return {
    connectionToken,
    optionsFactory: (connection) => ({
      wrapWithTransaction: (_options, work, setTx) =>
        transaction((tx) => {
          setTx(tx);
          return work();
        }),
      getFallbackInstance: () => connection,
    }),
  };
}

async function aPool(config) {
  const { default: driver } = await import('pg');
  return new driver.Pool({ ...config, max: 4 });
}
