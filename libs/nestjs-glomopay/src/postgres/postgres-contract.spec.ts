import { afterAll, describe, expect, it } from '@jest/globals';
import { handedOn } from '../../test/handed-on.js';
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
  type Config,
  type OpenedPostgres,
  type PostgresStack,
} from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import type { PostgresStoreOptions } from './postgres-store-options.js';

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

type Open = (aSchema: () => Promise<PostgresSchema>) => Promise<OpenedPostgres<unknown>>;

/** How tests open a stack: each with connections of its own, or with those of the test before. */
interface Stack {
  readonly open: Open;
  readonly openOnKept: Open;
  end(): Promise<void>;
}

function stackOf<Tx>(
  open: (config: Config) => Promise<PostgresStack<Tx>>,
  settings = '',
  options: PostgresStoreOptions = {},
): Stack {
  const kept = handedOn(open);
  return {
    open: (aSchema) => openPostgres(open, settings, aSchema, options),
    openOnKept: (aSchema) => openPostgres(kept.open, settings, aSchema, options),
    end: () => kept.end(),
  };
}

/** The stack on whose schema the store's tables are not, but others of the same names. */
const NAMED = 'pg, with the tables in a schema off the path and under a prefix';

const stacks: Record<string, Stack> = {
  [NAMED]: stackOf(pgStack),
  pg: stackOf(pgStack),
  'pg with nothing prepared and odd session settings': stackOf(
    (config) => pgStack(config, { prepare: false }),
    HOSTILE,
  ),
  'pg with locks by rows': stackOf(pgStack, HOSTILE, { locks: 'rows' }),
  TypeORM: stackOf(typeOrmStack),
  Drizzle: stackOf(drizzleStack),
  Kysely: stackOf(kyselyStack),
  Prisma: stackOf(prismaStack),
  'Kysely without its pool': stackOf((config) => kyselyStack(config, undefined, false)),
  'Prisma over a pool of its own': stackOf((config) => prismaStack(config, undefined, 'Prisma')),
  'postgres.js': stackOf(postgresJsStack),
  Knex: stackOf(knexStack),
  Sequelize: stackOf(sequelizeStack),
  MikroORM: stackOf(mikroOrmStack),
};

/** The fact that is about the making of tables, and so begins where there are none. */
const MAKES_TABLES = 'makes its tables for 8 that start at once';

if (await isPostgresThere()) {
  for (const [stack, { open: openAnew, openOnKept, end }] of Object.entries(stacks)) {
    describe(`PostgresTrackingStore through ${stack}`, () => {
      // To make the tables takes longer than what most of these facts are about.
      const aSchema = stack === NAMED ? aPostgresPlace : aPostgresSchema;
      const schema = aSchemaHandedOn<PostgresSchema>(aSchema);
      const open = () => openOnKept(() => schema.next());
      afterAll(async () => {
        await end();
        await schema.drop();
      });

      const [onNoTables] = trackingStoreContract(() => openAnew(() => aSchema()));
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
