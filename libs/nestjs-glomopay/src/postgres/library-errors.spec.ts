import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import {
  drizzleStack,
  kyselyStack,
  pgStack,
  postgresJsStack,
  prismaStack,
  typeOrmStack,
  type Config,
  type PostgresStack,
} from '../../test/postgres-stacks.js';
import type { TestPrismaTransaction } from '../../test/prisma-client.js';
import { retried } from './retried.js';
import { blamesRow, sqlStateOf } from './sql-state.js';

if (await isPostgresThere()) {
  errorsOf('pg', pgStack);
  errorsOf('TypeORM', typeOrmStack);
  errorsOf('Drizzle', drizzleStack);
  errorsOf('Kysely', kyselyStack);
  errorsOf('Prisma', prismaStack);
  errorsOf('postgres.js', postgresJsStack);

  describe('errors of the models of Prisma', () => {
    it.each([
      ['23505', 'P2002'],
      ['40P01', 'P2034'],
      ['40001', 'P2034'],
      ['23514', undefined],
    ])('tell the %s that %s stands for', async (state, code) => {
      const schema = await aPostgresSchema();
      await failEveryLine(schema, state);
      const { adapter, end } = await prismaStack(schema.config());
      const creating = adapter.transaction((tx: TestPrismaTransaction) =>
        tx.line.create({ data: { line: 'a' } }),
      );
      const thrown: unknown = await creating.catch((failure: unknown) => failure);
      expect(sqlStateOf(thrown)).toBe(state);
      if (code !== undefined) expect(thrown).toHaveProperty('code', code);
      await end();
      await schema.drop();
    });
  });
} else {
  describe.skip(`errors of libraries (skipped: no ${postgresPlace})`, () => {
    it('tell their SQLSTATE', () => undefined);
  });
}

function errorsOf<Tx>(library: string, open: (config: Config) => Promise<PostgresStack<Tx>>): void {
  describe(`errors of ${library}`, () => {
    let schema: PostgresSchema;
    let stack: PostgresStack<Tx>;

    beforeEach(async () => {
      schema = await aPostgresSchema();
      stack = await open(schema.config());
    });
    afterEach(async () => {
      await stack.end();
      await schema.drop();
    });

    it('tell a unique violation, alone and in a transaction', async () => {
      const { adapter } = stack;
      await schema.host.query('CREATE UNIQUE INDEX ON lines (line)');
      const insert = ['INSERT INTO lines VALUES ($1)', ['a']] as const;
      await adapter.query(...insert);
      const ends = await Promise.allSettled([
        adapter.query(...insert),
        adapter.transaction((_, query) => query(...insert)),
        adapter.transaction((tx) => stack.run(tx, insert[0], 'a')),
      ]);
      for (const end of ends) {
        const thrown: unknown = end.status === 'rejected' ? end.reason : undefined;
        expect([sqlStateOf(thrown), blamesRow(thrown)]).toEqual(['23505', true]);
      }
    });

    it('tell a deadlock', async () => {
      await schema.host.query(`INSERT INTO lines VALUES ('a'), ('b')`);
      let reached = 0;
      let bothAreThere: () => void = () => undefined;
      const both = new Promise<void>((resolve) => (bothAreThere = resolve));
      const locking = (first: string, second: string) =>
        stack.adapter.transaction(async (_, query) => {
          await query('SELECT line FROM lines WHERE line = $1 FOR UPDATE', [first]);
          reached += 1;
          if (reached === 2) bothAreThere();
          await both;
          await query('SELECT line FROM lines WHERE line = $1 FOR UPDATE', [second]);
        });
      const ends = await Promise.allSettled([locking('a', 'b'), locking('b', 'a')]);
      const failures = ends.filter((end) => end.status === 'rejected');
      expect(failures.map(({ reason }) => sqlStateOf(reason))).toEqual(['40P01']);
    });

    it('tell a conflict, so that a statement is run again', async () => {
      await schema.host.query('CREATE SEQUENCE tries');
      await schema.host.query(`CREATE FUNCTION conflicting() RETURNS text LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
          RETURN 'done';
        END $$`);
      const query = retried(stack.adapter);
      expect(await query('SELECT conflicting() AS is', [])).toMatchObject([{ is: 'done' }]);
    });
  });
}

async function failEveryLine(schema: PostgresSchema, state: string): Promise<void> {
  await schema.host.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '${state}'; END $$`);
  await schema.host.query(`CREATE TRIGGER fails BEFORE INSERT ON lines
    FOR EACH ROW EXECUTE FUNCTION fail()`);
}
