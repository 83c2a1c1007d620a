import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { schemaSql } from '../../test/older-schema.js';
import { aPostgresPlace, type PostgresPlace } from '../../test/postgres-place.js';
import { isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { pgAdapter } from './pg.adapter.js';
import { postgresNames } from './postgres-store-options.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`The tables of PostgresTrackingStore, examined (${postgresPlace})`, () => {
  let place: PostgresPlace;
  let pool: Pool;
  let store: PostgresTrackingStore<PoolClient>;
  const inOwn = (statement: string) => place.host.query(postgresNames(place.place).in(statement));
  const problems = async () =>
    (await store.examineTables()).differences.map(
      ({ kind, table, name, problem, harmless }) =>
        `${kind} ${table.replace('Shop_glomopay_', '')}.${name.replace('Shop_glomopay_', '')} ${problem}${harmless ? ' harmless' : ''}`,
    );

  beforeEach(async () => {
    place = await aPostgresPlace();
    pool = new Pool({ ...place.config(), max: 2 });
    store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool), place.place);
  });
  afterEach(async () => {
    await store.close();
    await pool.end();
    await place.drop();
  });

  it('are none, and then as they should be', async () => {
    const { tablePrefix, schema } = place.place;
    const none = { dialect: 'postgres', tablePrefix, newest: 3, differences: [] };
    expect(await store.examineTables()).toEqual({ ...none, version: 0 });
    await store.migrate();
    expect(await store.examineTables()).toEqual({ ...none, schema, version: 3 });
    const { rows } = await place.host.query(
      `SELECT relname FROM pg_class WHERE relname LIKE 'Shop_glomopay_%' AND relpersistence = 't'`,
    );
    expect(rows).toEqual([]);
  });

  it.each([1, 2] as const)('are judged as of version %i', async (version) => {
    for (const one of [1, 2] as const) if (one <= version) await inOwn(schemaSql('postgres', one));
    expect(await store.examineTables()).toMatchObject({ version, newest: 3, differences: [] });
    await inOwn('DROP INDEX glomopay_payments_due');
    expect(await problems()).toEqual(['index payments.payments_due missing']);
  });

  it.each([
    ['DROP INDEX glomopay_movements_due', ['index movements.movements_due missing']],
    [
      'DROP INDEX glomopay_history_at; CREATE INDEX glomopay_history_at ON glomopay_history (at)',
      ['index history.history_at different'],
    ],
    [
      'ALTER TABLE glomopay_movements ALTER COLUMN amount TYPE numeric',
      ['column movements.amount different'],
    ],
    [
      'ALTER TABLE glomopay_movements ALTER COLUMN account TYPE text COLLATE "default"',
      ['column movements.account different'],
    ],
    [
      'ALTER TABLE glomopay_movements ALTER COLUMN checks DROP DEFAULT',
      ['column movements.checks different'],
    ],
    [
      'ALTER TABLE glomopay_movements DROP COLUMN resolved_by',
      ['column movements.resolved_by missing'],
    ],
    ['DROP TABLE glomopay_handlers', ['table handlers.handlers missing']],
    [
      'ALTER TABLE glomopay_events DROP CONSTRAINT glomopay_events_pkey',
      ['constraint events.events_pkey missing'],
    ],
    [
      'ALTER TABLE glomopay_handlers SET UNLOGGED; ALTER TABLE glomopay_history ENABLE ROW LEVEL SECURITY',
      ['table handlers.handlers different', 'table history.history different'],
    ],
    [
      'ALTER TABLE glomopay_movements ADD COLUMN note text, ADD COLUMN must text NOT NULL',
      ['column movements.must unknown', 'column movements.note unknown harmless'],
    ],
    [
      'CREATE INDEX mine ON glomopay_movements (reference); CREATE UNIQUE INDEX once ON glomopay_movements (reference)',
      ['index movements.mine unknown harmless', 'index movements.once unknown'],
    ],
    [
      'ALTER TABLE glomopay_movements ADD CONSTRAINT few CHECK (amount < 10)',
      ['constraint movements.few unknown'],
    ],
  ])('differ after %s', async (statement, expected) => {
    await store.migrate();
    await inOwn(statement);
    expect(await problems()).toEqual(expected);
  });

  it('are mended by what is said of their indexes, one that is INVALID included', async () => {
    await store.migrate();
    await inOwn('DROP INDEX glomopay_movements_due');
    await inOwn(`UPDATE pg_index SET indisvalid = false
      WHERE indexrelid = '"${place.place.schema}"."Shop_glomopay_events_due"'::regclass`);
    const { differences } = await store.examineTables();
    expect(differences.map(({ name, found }) => [name, found?.endsWith(' INVALID')])).toEqual([
      ['Shop_glomopay_events_due', true],
      ['Shop_glomopay_movements_due', undefined],
    ]);
    for (const statement of differences.flatMap(({ mend }) => mend ?? [])) {
      await place.host.query(statement);
    }
    expect(await problems()).toEqual([]);
  });

  it('are not taken for those of this version where a newer one has made them', async () => {
    await store.migrate();
    await inOwn('INSERT INTO glomopay_migrations VALUES (4, now(), 3)');
    expect(await store.examineTables()).toMatchObject({ version: 4, newest: 3, differences: [] });
    await inOwn('INSERT INTO glomopay_migrations VALUES (5, now(), 5)');
    await expect(store.examineTables()).rejects.toThrow('made by a newer');
  });
});
