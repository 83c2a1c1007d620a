import { randomBytes } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { grantsOf } from '../src/postgres/grants.js';
import { pgAdapter } from '../src/postgres/pg.adapter.js';
import { postgresNames } from '../src/postgres/postgres-store-options.js';
import { PostgresTrackingStore } from '../src/postgres/postgres-tracking-store.js';
import { aPostgresSchema, type PostgresSchema } from './postgres-schema.js';

/** A schema whose tables belong to a role that only makes them; another one works, and a third reads. */
export interface PostgresRoles extends PostgresSchema {
  /** What a session of a role connects with. */
  as(role: 'owner' | 'app' | 'reader'): { connectionString: string; options: string };
  /** What a session of a superuser connects with. */
  readonly superuser: { connectionString: string; options: string };
  /** The grants, with the names of the roles here. */
  readonly grants: readonly string[];
  /** As SQL has the name of the working role. */
  readonly app: string;
}

export async function aPostgresWithRoles(): Promise<PostgresRoles> {
  const schema = await aPostgresSchema();
  const id = randomBytes(5).toString('hex');
  const nameOf = (role: string): string => `glomopay_${role}_${id}`;
  const as = (role: string) => {
    const url = new URL(schema.config().connectionString);
    url.username = nameOf(role);
    url.password = '';
    return { ...schema.config(), connectionString: url.href };
  };
  for (const role of ['owner', 'app', 'reader']) {
    await schema.host.query(`CREATE ROLE ${nameOf(role)} LOGIN`);
  }
  await schema.host.query(`GRANT USAGE, CREATE ON SCHEMA ${schema.name} TO ${nameOf('owner')};
    GRANT INSERT ON lines TO ${nameOf('app')}`);
  const pool = new Pool({ ...as('owner'), max: 1 });
  await new PostgresTrackingStore(pgAdapter<PoolClient>(pool)).migrate();
  const grants = grantsOf(postgresNames({ schema: schema.name })).map((grant) =>
    grant.replaceAll(/\bglomopay_(app|reader)\b/g, (_, role: string) => nameOf(role)),
  );
  for (const grant of grants) {
    // Whoever owns the schema lets others into it; the rest is the owner's of the tables.
    await (grant.includes('ON SCHEMA') ? schema.host : pool).query(grant);
  }
  await pool.end();
  return {
    ...schema,
    as,
    superuser: schema.config(),
    grants,
    app: nameOf('app'),
    config: (settings = '') => {
      const { options } = schema.config(settings);
      return { ...as('app'), options };
    },
    async drop() {
      const all = ['owner', 'app', 'reader'].map(nameOf).join(', ');
      await schema.host.query(`SET client_min_messages = error; DROP OWNED BY ${all}`);
      await schema.host.query(`DROP ROLE ${all}`);
      await schema.drop();
    },
  };
}
