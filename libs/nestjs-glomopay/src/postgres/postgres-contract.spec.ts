import { afterAll, describe, expect, it } from '@jest/globals';
import { leavesNewerRowsAlone } from '../../test/newer-rows.js';
import { aPostgresPlace } from '../../test/postgres-place.js';
import {
  aPostgresSchema,
  aSchemaHandedOn,
  isPostgresThere,
  postgresPlace,
} from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import {
  drizzleStack,
  knexStack,
  kyselyStack,
  mikroOrmStack,
  openPostgres,
  pgStack,
  postgresJsStack,
  prismaStack,
  sequelizeStack,
  typeOrmStack,
  type OpenedPostgres,
} from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';

/** A session that a host has set against us. */
const HOSTILE = [
  'default_transaction_isolation=serializable',
  'synchronous_commit=off',
  'timezone=Asia/Kolkata',
  'datestyle=SQL',
  'intervalstyle=iso_8601',
  'extra_float_digits=-15',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

type Open = (aSchema?: () => Promise<PostgresSchema>) => Promise<OpenedPostgres<unknown>>;

/** The stack on whose schema the store's tables are not, but others of the same names. */
const NAMED = 'pg, with the tables in a schema off the path and under a prefix';

const stacks: Record<string, Open> = {
  [NAMED]: (aSchema) => openPostgres(pgStack, '', aSchema),
  pg: (aSchema) => openPostgres(pgStack, '', aSchema),
  'pg with nothing prepared and odd session settings': (aSchema) =>
    openPostgres((config) => pgStack(config, { prepare: false }), HOSTILE, aSchema),
  'pg with locks by rows': (aSchema) => openPostgres(pgStack, HOSTILE, aSchema, { locks: 'rows' }),
  TypeORM: (aSchema) => openPostgres(typeOrmStack, '', aSchema),
  Drizzle: (aSchema) => openPostgres(drizzleStack, '', aSchema),
  Kysely: (aSchema) => openPostgres(kyselyStack, '', aSchema),
  Prisma: (aSchema) => openPostgres(prismaStack, '', aSchema),
  'Kysely without its pool': (aSchema) =>
    openPostgres((config) => kyselyStack(config, undefined, false), '', aSchema),
  'Prisma over a pool of its own': (aSchema) =>
    openPostgres((config) => prismaStack(config, undefined, 'Prisma'), '', aSchema),
  'postgres.js': (aSchema) => openPostgres(postgresJsStack, '', aSchema),
  Knex: (aSchema) => openPostgres(knexStack, '', aSchema),
  Sequelize: (aSchema) => openPostgres(sequelizeStack, '', aSchema),
  MikroORM: (aSchema) => openPostgres(mikroOrmStack, '', aSchema),
};

/** The fact that is about the making of tables, and so begins where there are none. */
const MAKES_TABLES = 'makes its tables for 8 that start at once';

if (await isPostgresThere()) {
  for (const [stack, openOn] of Object.entries(stacks)) {
    describe(`PostgresTrackingStore through ${stack}`, () => {
      // To make the tables takes longer than what most of these facts are about.
      const aSchema = stack === NAMED ? aPostgresPlace : aPostgresSchema;
      const schema = aSchemaHandedOn<PostgresSchema>(aSchema);
      const open = () => openOn(() => schema.next());
      afterAll(() => schema.drop());

      const [onNoTables] = trackingStoreContract(() => openOn(() => aSchema()));
      const [, ...others] = trackingStoreContract(open);
      if (onNoTables?.name !== MAKES_TABLES) throw new Error(`"${MAKES_TABLES}" is not the first`);
      for (const { name, run } of [onNoTables, ...others]) it(name, run);

      leavesNewerRowsAlone(async () => {
        const harness = await open();
        return { harness, run: (statement) => harness.run(statement) };
      });

      it('does not take a transaction for committed that a swallowed failure has ended', async () => {
        const { store, runIn, close } = await open();
        try {
          await store.migrate();
          const { record } = await store.insert(anIntent(), 0);
          const settlement = aSettlement(
            { state: 'succeeded' },
            {
              effect: (_before, _after, tx) =>
                expect(runIn(tx, 'SELECT 1 / 0')).rejects.toThrow('division by zero'),
            },
          );
          await expect(store.settle(aKey(), settlement)).rejects.toThrow();
          expect(await store.find(aKey())).toEqual(record);
        } finally {
          await close();
        }
      });
    });
  }
} else {
  describe.skip(`PostgresTrackingStore (skipped: no ${postgresPlace})`, () => {
    it('passes the contract through every database library', () => undefined);
  });
}
