import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntitySchema } from '@mikro-orm/postgresql';
import knex from 'knex';
import { Sequelize } from 'sequelize';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import {
  aMikroOrm,
  knexStack,
  mikroOrmStack,
  sequelizeStack,
  type Config,
  type PostgresStack,
} from '../../test/postgres-stacks.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { knexAdapter } from './knex.adapter.js';
import { mikroOrmAdapter } from './mikro-orm.adapter.js';
import { sequelizeAdapter } from './sequelize.adapter.js';
import { sqlStateOf } from './sql-state.js';

const stacks: readonly (readonly [string, (config: Config) => Promise<PostgresStack<unknown>>])[] =
  [
    ['Knex', knexStack],
    ['Sequelize', sequelizeStack],
    ['MikroORM', mikroOrmStack],
  ];

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`Adapters of libraries that write SQL of their own (${postgresPlace})`, () => {
  let schema: PostgresSchema;
  beforeEach(async () => {
    schema = await aPostgresSchema();
  });
  afterEach(() => schema.drop());

  describe.each(stacks)('%s', (_, open) => {
    let stack: PostgresStack<unknown>;
    beforeEach(async () => {
      stack = await open(schema.config());
    });
    afterEach(() => stack.end());

    it('takes nothing in a text for a parameter but $1, $2, in whatever order and how often', async () => {
      const text = `SELECT ('{"a": 1}'::jsonb ? $2)::text AS has, $3::text || $1::text || $3::text AS said,
        ':named ?? \\? $' AS odd`;
      const rows = [{ has: 'true', said: 'cbc', odd: ':named ?? \\? $' }];
      const params = ['b', 'a', 'c'];
      expect(await stack.adapter.query(text, params)).toEqual(rows);
      const inside = await stack.adapter.transaction((_tx, query) => query(text, params));
      expect(inside).toEqual(rows);
    });

    it('shows the SQLSTATE of a row that is there already', async () => {
      await schema.host.query('CREATE UNIQUE INDEX once ON lines (line)');
      const twice = stack.adapter.transaction(async (tx) => {
        await stack.run(tx, 'INSERT INTO lines VALUES ($1)', 'paid');
        await stack.run(tx, 'INSERT INTO lines VALUES ($1)', 'paid');
      });
      expect(sqlStateOf(await twice.catch((thrown: unknown) => thrown))).toBe('23505');
      expect(await schema.lines()).toEqual([]);
    });

    it('shows the SQLSTATE of a deadlock, and rolls only one of the two back', async () => {
      const keys = [randomInt(2 ** 40), randomInt(2 ** 40)];
      const lock = (tx: unknown, key = 0) =>
        stack.run(tx, `SELECT pg_advisory_xact_lock(${key})::text AS locked`);
      let both = 0;
      let go: () => void = () => undefined;
      const bothHaveOne = new Promise<void>((resolve) => (go = resolve));
      const crossing = ([first, second]: readonly number[]) =>
        stack.adapter.transaction(async (tx) => {
          await lock(tx, first);
          if ((both += 1) === 2) go();
          await bothHaveOne;
          await lock(tx, second);
          await stack.run(tx, 'INSERT INTO lines VALUES ($1)', 'through');
        });
      const ended = await Promise.allSettled([crossing(keys), crossing(keys.toReversed())]);
      const failures = ended.filter(({ status }) => status === 'rejected');
      expect(failures.map((failure) => sqlStateOf(Reflect.get(failure, 'reason')))).toEqual([
        '40P01',
      ]);
      expect(await schema.lines()).toEqual(['through']);
    });
  });

  it('gives each transaction an entity manager of its own, and writes what was only persisted', async () => {
    class Line {
      constructor(readonly line: string) {}
    }
    const lines = new EntitySchema<Line>({
      class: Line,
      tableName: 'lines',
      properties: { line: { type: 'text', primary: true } },
    });
    await schema.host.query('CREATE UNIQUE INDEX once ON lines (line)');
    const orm = await aMikroOrm(schema.config(), [lines]);
    try {
      const { transaction } = mikroOrmAdapter(orm.em);
      const first = await transaction(async (em) => {
        em.persist(new Line('persisted'));
        return em;
      });
      const second = await transaction(async (em) => {
        expect(em.getUnitOfWork().getIdentityMap().values()).toEqual([]);
        expect((await em.findOneOrFail(Line, { line: 'persisted' })).line).toBe('persisted');
        return em;
      });
      expect(new Set([first, second, orm.em]).size).toBe(3);
      const refused = transaction(async (em) => void em.persist(new Line('persisted')));
      expect(sqlStateOf(await refused.catch((thrown: unknown) => thrown))).toBe('23505');
      const failed = transaction(async (em) => {
        em.persist(new Line('failed'));
        throw new Error('out of order');
      });
      await expect(failed).rejects.toThrow('out of order');
      expect(await schema.lines()).toEqual(['persisted']);
    } finally {
      await orm.close(true);
    }
  });
});

describe('Adapters of a library that speaks to another database', () => {
  it('say so, whichever it is', async () => {
    const mysql = new Sequelize('mysql://127.0.0.1/none', { logging: false });
    expect(() => sequelizeAdapter(mysql)).toThrow(GlomopayConfigurationError);
    const other = knex({ client: 'mysql2', connection: { host: '127.0.0.1' } });
    await expect(knexAdapter(other).query('SELECT 1', [])).rejects.toThrow('mysql2');
    await other.destroy();
  });
});
