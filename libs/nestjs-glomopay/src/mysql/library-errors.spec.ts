import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
  type MysqlPlace,
} from '../../test/mysql-database.js';
import {
  drizzleMysqlStack,
  knexMysqlStack,
  kyselyMysqlStack,
  mariadbStack,
  mikroOrmMysqlStack,
  mysql2Stack,
  prismaMysqlStack,
  sequelizeMysqlStack,
  typeOrmMysqlStack,
  type MysqlStack,
} from '../../test/mysql-stacks.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { retried } from '../tracking/store/sql/connections/retried.js';
import type { Settlement } from '../tracking/store/tracking-store.js';
import { blamesRow, isConflict, isDuplicate } from './mysql-error.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

if (await isMysqlThere()) {
  errorsOf('mysql2', (place) => mysql2Stack(place));
  errorsOf('mariadb', (place) => mariadbStack(place));
  errorsOf('TypeORM', (place) => typeOrmMysqlStack(place));
  errorsOf('Drizzle', (place) => drizzleMysqlStack(place));
  errorsOf('Kysely', (place) => kyselyMysqlStack(place));
  errorsOf('Prisma', (place) => prismaMysqlStack(place));
  errorsOf('Prisma over a pool of its own', (place) =>
    prismaMysqlStack(place, undefined, 'Prisma'),
  );
  errorsOf('Knex', (place) => knexMysqlStack(place));
  errorsOf('Sequelize over mysql2', (place) => sequelizeMysqlStack(place));
  errorsOf('Sequelize over mariadb', (place) => sequelizeMysqlStack(place, undefined, 'mariadb'));
  errorsOf('MikroORM', (place) => mikroOrmMysqlStack(place));

  describe('errors of the models of Prisma', () => {
    let database: MysqlDatabase;
    beforeEach(async () => {
      database = await aMysqlDatabase();
    });
    afterEach(() => database.drop());

    it('tell the unique violation that P2002 stands for', async () => {
      await database.host.query('ALTER TABLE `lines` ADD UNIQUE KEY (line)');
      const { adapter, end } = await prismaMysqlStack(database.place);
      const data = { line: Buffer.from('a') };
      const creating = adapter.transaction(async (tx) => {
        await tx.line.create({ data });
        await tx.line.create({ data });
      });
      const thrown: unknown = await creating.catch((failure: unknown) => failure);
      await end();
      expect(thrown).toHaveProperty('code', 'P2002');
      expect([isDuplicate(thrown), blamesRow(thrown), isConflict(thrown)]).toEqual([
        true,
        true,
        false,
      ]);
    });
  });
} else {
  describe.skip(`errors of libraries (skipped: no ${mysqlPlace})`, () => {
    it('tell their number', () => expect(true).toBe(true));
  });
}

function errorsOf<Tx>(library: string, open: (place: MysqlPlace) => Promise<MysqlStack<Tx>>): void {
  describe(`errors of ${library}`, () => {
    let database: MysqlDatabase;
    let stack: MysqlStack<Tx>;

    beforeEach(async () => {
      database = await aMysqlDatabase();
      stack = await open(database.place);
    });
    afterEach(async () => {
      await stack.end();
      await database.drop();
    });

    async function failureOf(work: Promise<unknown>): Promise<unknown> {
      return work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    }

    const insert = (tx: Tx, line: string) => stack.run(tx, 'INSERT INTO `lines` VALUES (?)', line);

    it('tell a unique violation, alone, in a transaction and of a handler', async () => {
      const { adapter } = stack;
      await database.host.query('ALTER TABLE `lines` ADD UNIQUE KEY (line)');
      const text = "INSERT INTO `lines` VALUES (X'61')";
      expect(await adapter.query(text)).toEqual({ rows: [], affected: 1 });
      const failures = [
        await failureOf(adapter.query(text)),
        await failureOf(adapter.transaction((_, query) => query(text))),
        await failureOf(adapter.transaction((tx) => insert(tx, 'a'))),
      ];
      expect(failures.map(isDuplicate)).toEqual([true, true, true]);
      expect(failures.map(blamesRow)).toEqual([true, true, true]);
      expect(failures.map(isConflict)).toEqual([false, false, false]);
      expect(await database.lines()).toEqual(['a']);
    });

    it('tell what a column and a trigger of the host refuse', async () => {
      await database.host.query('ALTER TABLE `lines` MODIFY line VARBINARY(3) NOT NULL');
      const tooLong = await failureOf(stack.adapter.transaction((tx) => insert(tx, 'long')));
      await database.host.query(`CREATE TRIGGER refuse BEFORE INSERT ON \`lines\` FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by the host'`);
      const refused = await failureOf(stack.adapter.transaction((tx) => insert(tx, 'a')));
      expect([tooLong, refused].map(blamesRow)).toEqual([true, true]);
    });

    it('tell a deadlock, and roll only one of the two back', async () => {
      await database.host.query("INSERT INTO `lines` VALUES ('a'), ('b')");
      await database.host.query('ALTER TABLE `lines` ADD PRIMARY KEY (line)');
      let reached = 0;
      let bothAreThere: () => void = () => undefined;
      const both = new Promise<void>((resolve) => (bothAreThere = resolve));
      const crossing = (first: string, second: string) =>
        stack.adapter.transaction(async (tx, query) => {
          const lock = (line: string) =>
            query(`SELECT line FROM \`lines\` WHERE line = X'${line}' FOR UPDATE`);
          await lock(first);
          reached += 1;
          if (reached === 2) bothAreThere();
          await both;
          await lock(second);
          await insert(tx, 'through');
        });
      const ends = await Promise.allSettled([crossing('61', '62'), crossing('62', '61')]);
      const failures = ends.filter((end) => end.status === 'rejected');
      expect(failures.map(({ reason }) => isConflict(reason))).toEqual([true]);
      expect((await database.lines()).toSorted()).toEqual(['a', 'b', 'through']);
    });

    it('tell a conflict, so that a statement is run again', async () => {
      await database.host.query('CREATE TABLE tries (n INTEGER) ENGINE = MyISAM');
      await database.host.query(`CREATE FUNCTION conflicting() RETURNS VARCHAR(9) MODIFIES SQL DATA
        BEGIN
          INSERT INTO tries VALUES (1);
          IF (SELECT COUNT(*) FROM tries) < 3 THEN
            SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'again';
          END IF;
          RETURN 'done';
        END`);
      const query = retried(stack.adapter, isConflict);
      expect((await query('SELECT conflicting() AS said')).rows).toMatchObject([{ said: 'done' }]);
      expect(await database.rows('SELECT n FROM tries')).toHaveLength(3);
    });

    it('of a deadlock that a handler swallows do not pass for an outcome', async () => {
      const store = new MysqlTrackingStore(stack.adapter);
      await store.migrate();
      await store.insert(anIntent(), 0);
      await database.host.query("INSERT INTO `lines` VALUES ('row')");
      const rival = await database.host.getConnection();
      await rival.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await rival.query('START TRANSACTION');
      await rival.query('UPDATE `lines` SET line = CONCAT(line, 1)');
      // It has written more, so that the handler is the one that InnoDB rolls back.
      await rival.query(`INSERT INTO \`lines\` WITH RECURSIVE numbers AS
        (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 500)
        SELECT CONCAT('rival', n) FROM numbers`);
      let swallowed: unknown;
      const effect = async (_before: unknown, _after: unknown, tx: Tx) => {
        await insert(tx, 'lost');
        const own = stack.run(tx, 'UPDATE `lines` SET line = CONCAT(line, 2)');
        const other = rival.query("DELETE FROM `lines` WHERE line = 'lost'");
        swallowed = await failureOf(Promise.resolve(own));
        await other;
        await rival.query('ROLLBACK');
      };
      const paid: Settlement<Tx> = { ...aSettlement({ state: 'succeeded' }), effect };
      const failure = await failureOf(store.settle(aKey(), paid));
      rival.release();
      expect(isConflict(swallowed)).toBe(true);
      expect(String(failure)).toContain('transaction ended while the handler had it');
      expect((await store.find(aKey()))?.state).toBe('created');
      expect(await database.lines()).toEqual(['row']);
      await store.close();
    });
  });
}
