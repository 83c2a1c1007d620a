import { afterAll, describe, expect, it } from '@jest/globals';
import {
  aDatabaseHandedOn,
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { aMysqlDatabaseWithDecoys } from '../../test/mysql-decoys.js';
import {
  drizzleMysqlStack,
  knexMysqlStack,
  kyselyMysqlStack,
  mariadbStack,
  mikroOrmMysqlStack,
  mysql2Stack,
  openMysql,
  prismaMysqlStack,
  sequelizeMysqlStack,
  typeOrmMysqlStack,
} from '../../test/mysql-stacks.js';
import { leavesNewerRowsAlone } from '../../test/newer-rows.js';
import type { TrackingStoreHarness } from '../testing/contract/harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';

/** A session that a host has set against us, in the words of MySQL and of MariaDB before 11.1. */
const HOSTILE = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED',
  `SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT',
  time_zone = '+05:30', autocommit = 0`,
];

/** A pool that a host has set so that everything comes otherwise. */
const ODD_POOL = {
  charset: 'LATIN1_SWEDISH_CI',
  rowsAsArray: true,
  bigNumberStrings: true,
  supportBigNumbers: true,
  flags: ['-FOUND_ROWS'],
  typeCast: () => 'nothing',
};

type Opened = TrackingStoreHarness & { run(statement: string): Promise<unknown[]> };

type Open = (aDatabase?: () => Promise<MysqlDatabase>) => Promise<Opened>;

/** The stack whose store has a prefix, beside other tables of the plain names. */
const NAMED = 'mysql2, with the tables under a prefix';

const stacks: Record<string, Open> = {
  [NAMED]: (aDatabase) => openMysql((place) => mysql2Stack(place), aDatabase),
  mysql2: (aDatabase) => openMysql((place) => mysql2Stack(place), aDatabase),
  'mysql2 with odd settings of session and pool': (aDatabase) =>
    openMysql((place) => mysql2Stack(place, HOSTILE, undefined, ODD_POOL), aDatabase),
  mariadb: (aDatabase) => openMysql((place) => mariadbStack(place), aDatabase),
  'mariadb with odd settings of the session': (aDatabase) =>
    openMysql((place) => mariadbStack(place, HOSTILE), aDatabase),
  TypeORM: (aDatabase) => openMysql((place) => typeOrmMysqlStack(place), aDatabase),
  Drizzle: (aDatabase) => openMysql((place) => drizzleMysqlStack(place), aDatabase),
  Kysely: (aDatabase) => openMysql((place) => kyselyMysqlStack(place), aDatabase),
  Prisma: (aDatabase) => openMysql((place) => prismaMysqlStack(place), aDatabase),
  'Prisma over a pool of its own, with odd settings of the session': (aDatabase) =>
    openMysql((place) => prismaMysqlStack(place, undefined, 'Prisma', HOSTILE), aDatabase),
  Knex: (aDatabase) => openMysql((place) => knexMysqlStack(place), aDatabase),
  'Sequelize over mysql2': (aDatabase) =>
    openMysql((place) => sequelizeMysqlStack(place), aDatabase),
  'Sequelize over mariadb': (aDatabase) =>
    openMysql((place) => sequelizeMysqlStack(place, undefined, 'mariadb'), aDatabase),
  MikroORM: (aDatabase) => openMysql((place) => mikroOrmMysqlStack(place), aDatabase),
};

/** The fact that is about the making of tables, and so begins where there are none. */
const MAKES_TABLES = 'makes its tables for 8 that start at once';

if (await isMysqlThere()) {
  for (const [stack, openOn] of Object.entries(stacks)) {
    describe(`MysqlTrackingStore through ${stack}`, () => {
      // To make the tables takes longer than what most of these facts are about.
      const aDatabase = stack === NAMED ? aMysqlDatabaseWithDecoys : aMysqlDatabase;
      const database = aDatabaseHandedOn(aDatabase);
      const open = () => openOn(() => database.next());
      afterAll(() => database.drop());

      const [onNoTables] = trackingStoreContract(() => openOn(() => aDatabase()));
      const [, ...others] = trackingStoreContract(open);
      if (onNoTables?.name !== MAKES_TABLES) throw new Error(`"${MAKES_TABLES}" is not the first`);
      for (const { name, run } of [onNoTables, ...others]) it(name, run);

      leavesNewerRowsAlone(async () => {
        const harness = await open();
        return { harness, run: (statement) => harness.run(statement) };
      });
    });
  }
} else {
  describe.skip(`MysqlTrackingStore (skipped: no ${mysqlPlace})`, () => {
    it('passes the contract through mysql2', () => expect(true).toBe(true));
  });
}
