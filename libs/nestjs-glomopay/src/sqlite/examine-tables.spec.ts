import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { schemaSql } from '../../test/older-schema.js';
import { sqliteDrivers } from '../../test/sqlite-drivers.js';
import { aSqliteFile, type SqliteFile } from '../../test/sqlite-file.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { sqliteNames } from './sqlite-store-options.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

describe.each(Object.entries(sqliteDrivers))(
  'The tables of SqliteTrackingStore on %s',
  (_, driver) => {
    let file: SqliteFile;
    let store: SqliteTrackingStore<SqliteDatabase>;
    beforeEach(async () => {
      file = await aSqliteFile();
      store = new SqliteTrackingStore(() => driver(file.path), { tablePrefix: 'Shop_' });
    });
    afterEach(async () => {
      await store.close();
      await file.remove();
    });
    const inOwn = (statement: string): void => {
      const database = driver(file.path);
      database.exec(sqliteNames('Shop_').in(statement));
      database.close();
    };
    const problems = async () =>
      (await store.examineTables()).differences.map(
        ({ kind, table, name, problem, harmless }) =>
          `${kind} ${table.replace('Shop_glomopay_', '')}.${name.replace('Shop_glomopay_', '')} ${problem}${harmless ? ' harmless' : ''}`,
      );

    it('are none, and then as they should be', async () => {
      const none = { dialect: 'sqlite', tablePrefix: 'Shop_', newest: 3, differences: [] };
      expect(await store.examineTables()).toEqual({ ...none, version: 0 });
      await store.migrate();
      expect(await store.examineTables()).toEqual({ ...none, version: 3 });
      expect(await store.examineTables()).toEqual({ ...none, version: 3 });
      const database = driver(file.path);
      const left = database.prepare(`SELECT name FROM sqlite_master WHERE name LIKE '%beside%'`);
      expect([...left.all()]).toEqual([]);
      database.close();
    });

    it.each([1, 2] as const)('are judged as of version %i', async (version) => {
      for (const one of [1, 2] as const) if (one <= version) inOwn(schemaSql('sqlite', one));
      expect(await store.examineTables()).toMatchObject({ version, newest: 3, differences: [] });
      inOwn('DROP INDEX glomopay_payments_due');
      expect(await problems()).toEqual(['index payments.payments_due missing']);
    });

    it.each([
      ['DROP INDEX glomopay_movements_due', ['index movements.movements_due missing']],
      [
        'DROP INDEX glomopay_history_at; CREATE INDEX glomopay_history_at ON glomopay_history (at)',
        ['index history.history_at different'],
      ],
      [
        'ALTER TABLE glomopay_movements DROP COLUMN resolved_by',
        ['column movements.resolved_by missing'],
      ],
      ['DROP TABLE glomopay_handlers', ['table handlers.handlers missing']],
      [
        `DROP TABLE glomopay_event_handlers; CREATE TABLE glomopay_event_handlers (account TEXT NOT NULL,
        event_id INTEGER NOT NULL, handler TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL,
        error TEXT)`,
        [
          'table event_handlers.event_handlers different',
          'column event_handlers.account different',
          'column event_handlers.event_id different',
          'column event_handlers.handler different',
          'constraint event_handlers.UNIQUE (account, event_id, handler) missing',
        ],
      ],
      [
        'ALTER TABLE glomopay_movements ADD COLUMN note TEXT',
        ['column movements.note unknown harmless'],
      ],
      [
        'CREATE INDEX mine ON glomopay_movements (reference); CREATE UNIQUE INDEX once ON glomopay_movements (reference)',
        ['index movements.mine unknown harmless', 'index movements.once unknown'],
      ],
    ])('differ after %s', async (statement, expected) => {
      await store.migrate();
      inOwn(statement);
      expect(await problems()).toEqual(expected);
    });

    it('are mended by what is said of their indexes', async () => {
      await store.migrate();
      inOwn('DROP INDEX glomopay_movements_due; DROP INDEX glomopay_history_at');
      inOwn('CREATE INDEX glomopay_history_at ON glomopay_history (at)');
      const { differences } = await store.examineTables();
      expect(differences).toHaveLength(2);
      for (const { mend = [] } of differences) for (const statement of mend) inOwn(statement);
      expect(await problems()).toEqual([]);
    });
  },
);
