import { afterAll, describe, expect, it } from '@jest/globals';
import {
  aDatabaseHandedOn,
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
  type MysqlPlace,
} from '../../test/mysql-database.js';
import { aMysqlDatabaseWithDecoys } from '../../test/mysql-decoys.js';
import {
  drizzleMysqlStack,
  knexMysqlStack,
  kyselyMysqlStack,
  mariadbStack,
  mikroOrmMysqlStack,
  mysql2Stack,
  type MysqlStack,
  openMysql,
  prismaMysqlStack,
  sequelizeMysqlStack,
  typeOrmMysqlStack,
} from '../../test/mysql-stacks.js';
import { handedOn } from '../../test/handed-on.js';
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

type Open = (aDatabase: () => Promise<MysqlDatabase>) => Promise<Opened>;

/** How tests open a stack: each with connections of its own, or with those of the test before. */
interface Stack {
  readonly open: Open;
  readonly openOnKept: Open;
  end(): Promise<void>;
}

function stackOf<Tx>(open: (place: MysqlPlace) => Promise<MysqlStack<Tx>>): Stack {
  const kept = handedOn(open);
  return {
    open: (aDatabase) => openMysql(open, aDatabase),
    openOnKept: (aDatabase) => openMysql(kept.open, aDatabase),
    end: () => kept.end(),
  };
}

/** The stack whose store has a prefix, beside other tables of the plain names. */
const NAMED = 'mysql2, with the tables under a prefix';

const stacks: Record<string, Stack> = {
  [NAMED]: stackOf((place) => mysql2Stack(place)),
  mysql2: stackOf((place) => mysql2Stack(place)),
  'mysql2 with odd settings of session and pool': stackOf((place) =>
    mysql2Stack(place, HOSTILE, undefined, ODD_POOL),
  ),
  mariadb: stackOf((place) => mariadbStack(place)),
  'mariadb with odd settings of the session': stackOf((place) => mariadbStack(place, HOSTILE)),
  TypeORM: stackOf((place) => typeOrmMysqlStack(place)),
  Drizzle: stackOf((place) => drizzleMysqlStack(place)),
  Kysely: stackOf((place) => kyselyMysqlStack(place)),
  Prisma: stackOf((place) => prismaMysqlStack(place)),
  'Prisma over a pool of its own, with odd settings of the session': stackOf((place) =>
    prismaMysqlStack(place, undefined, 'Prisma', HOSTILE),
  ),
  Knex: stackOf((place) => knexMysqlStack(place)),
  'Sequelize over mysql2': stackOf((place) => sequelizeMysqlStack(place)),
  'Sequelize over mariadb': stackOf((place) => sequelizeMysqlStack(place, undefined, 'mariadb')),
  MikroORM: stackOf((place) => mikroOrmMysqlStack(place)),
};

/** The fact that is about the making of tables, and so begins where there are none. */
const MAKES_TABLES = 'makes its tables for 8 that start at once';

if (await isMysqlThere()) {
  for (const [stack, { open: openAnew, openOnKept, end }] of Object.entries(stacks)) {
    describe(`MysqlTrackingStore through ${stack}`, () => {
      // To make the tables takes longer than what most of these facts are about.
      const aDatabase = stack === NAMED ? aMysqlDatabaseWithDecoys : aMysqlDatabase;
      const database = aDatabaseHandedOn(aDatabase);
      const open = () => openOnKept(() => database.next());
      afterAll(async () => {
        await end();
        await database.drop();
      });

      const [onNoTables] = trackingStoreContract(() => openAnew(() => aDatabase()));
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
