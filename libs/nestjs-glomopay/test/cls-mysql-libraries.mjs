import { pathToFileURL } from 'node:url';
import { pluginOf } from './cls-libraries.mjs';

/**
 * Hosts of `cls-process.mjs` over MySQL or MariaDB, by their database library: the store's adapter, the
 * plugin's, and how a line is written.
 */
export const libraries = { typeorm, kysely, prisma, drizzle, knex, sequelize, mysql2 };

const INSERT = 'INSERT INTO `lines` VALUES (?)';

async function typeorm({ user, ...place }) {
  const { DataSource } = await import('typeorm');
  const { TransactionalAdapterTypeOrm } = await import('@nestjs-cls/transactional-adapter-typeorm');
  const { typeOrmMysqlAdapter } = await import('../src/mysql/type-orm.adapter.ts');
  const dataSource = await new DataSource({
    type: 'mysql',
    ...place,
    username: user,
    extra: { connectionLimit: 4 },
  }).initialize();
  return {
    token: DataSource,
    connection: dataSource,
    adapter: typeOrmMysqlAdapter(dataSource),
    plugin: new TransactionalAdapterTypeOrm({ dataSourceToken: DataSource }),
    write: (tx, line) => tx.query(INSERT, [line]),
    end: () => dataSource.destroy(),
  };
}

async function kysely(place) {
  const { createPool } = await import('mysql2');
  const { Kysely, MysqlDialect } = await import('kysely');
  const { kyselyMysqlAdapter } = await import('../src/mysql/kysely.adapter.ts');
  const pool = createPool({ ...place, connectionLimit: 4 });
  const db = new Kysely({ dialect: new MysqlDialect({ pool }) });
  return {
    token: Kysely,
    connection: db,
    adapter: kyselyMysqlAdapter(db, { pool }),
    plugin: pluginOf(Kysely, (work) => db.transaction().execute(work)),
    write: (tx, line) => tx.insertInto('lines').values({ line }).execute(),
    end: () => db.destroy(),
  };
}

async function prisma(place) {
  const { createPool } = await import('mariadb');
  const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
  const { prismaClientFolder } = await import('./prisma-client.ts');
  const { prismaMysqlAdapter } = await import('../src/mysql/prisma.adapter.ts');
  const folder = await prismaClientFolder('mysql');
  const { PrismaClient } = await import(pathToFileURL(`${folder}/client/client.ts`).href);
  const pool = createPool({ ...place, connectionLimit: 4 });
  const client = new PrismaClient({ adapter: new PrismaMariaDb(pool) });
  return {
    token: PrismaClient,
    connection: client,
    adapter: prismaMysqlAdapter(client, { pool }),
    plugin: pluginOf(PrismaClient, (work) => client.$transaction(work)),
    write: (tx, line) => tx.line.create({ data: { line: Buffer.from(line) } }),
    async end() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function drizzle(place) {
  const { createPool } = await import('mysql2/promise');
  const { drizzle: open } = await import('drizzle-orm/mysql2');
  const { sql } = await import('drizzle-orm');
  const { drizzleMysqlAdapter } = await import('../src/mysql/drizzle.adapter.ts');
  const pool = createPool({ ...place, connectionLimit: 4 });
  const db = open(pool);
  return {
    token: 'DB',
    connection: db,
    adapter: drizzleMysqlAdapter(db),
    plugin: pluginOf('DB', (work) => db.transaction(work)),
    write: async (tx, line) =>
      tx.execute(sql`INSERT INTO ${sql.identifier('lines')} VALUES (${line})`),
    end: () => pool.end(),
  };
}

async function knex(place) {
  const { default: open } = await import('knex');
  const { knexMysqlAdapter } = await import('../src/mysql/knex.adapter.ts');
  const host = open({ client: 'mysql2', connection: place, pool: { min: 0, max: 4 } });
  return {
    token: 'KNEX',
    connection: host,
    adapter: knexMysqlAdapter(host),
    plugin: pluginOf('KNEX', (work) => host.transaction(work)),
    write: (tx, line) => tx('lines').insert({ line }),
    end: () => host.destroy(),
  };
}

async function sequelize({ host: server, port, user, password, database }) {
  const { Sequelize } = (await import('sequelize')).default;
  const { sequelizeMysqlAdapter } = await import('../src/mysql/sequelize.adapter.ts');
  const host = new Sequelize(database, user, password, {
    host: server,
    port,
    dialect: 'mysql',
    pool: { max: 4 },
    logging: false,
  });
  return {
    token: 'SEQUELIZE',
    connection: host,
    adapter: sequelizeMysqlAdapter(host),
    plugin: pluginOf('SEQUELIZE', (work) => host.transaction(work)),
    write: (transaction, line) => host.query(INSERT, { transaction, replacements: [line] }),
    end: () => host.close(),
  };
}

async function mysql2(place) {
  const { createPool } = await import('mysql2/promise');
  const { mysql2Adapter } = await import('../src/mysql/mysql2.adapter.ts');
  const pool = createPool({ ...place, connectionLimit: 4 });
  return {
    token: 'POOL',
    connection: pool,
    adapter: mysql2Adapter(pool),
    plugin: pluginOf('POOL', async (work) => {
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        const result = await work(connection);
        await connection.commit();
        return result;
      } catch (thrown) {
        await connection.rollback();
        throw thrown;
      } finally {
        connection.release();
      }
    }),
    write: (tx, line) => tx.query(INSERT, [line]),
    end: () => pool.end(),
  };
}
