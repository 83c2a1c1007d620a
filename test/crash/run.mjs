import { runCommand } from '../storm/command.mjs';
import { MariadbStorage } from '../storm/mariadb-storage.mjs';
import { PostgresByRowsStorage, PostgresStorage } from '../storm/postgres-storage.mjs';
import { SqliteStorage } from '../storm/sqlite-storage.mjs';
import { invariants } from './invariants.mjs';
import { readOptions, usage } from './options.mjs';
import { runScenario } from './run-scenario.mjs';
import { summaryOf } from './summary.mjs';

const storages = {
  sqlite: SqliteStorage,
  postgres: PostgresStorage,
  postgresByRows: PostgresByRowsStorage,
  mariadb: MariadbStorage,
};

await runCommand({
  name: 'crash',
  processes: 'hosts',
  usage,
  readOptions,
  headingOf: ({ name, payments, kills, cuts }) =>
    `${name}: ${payments} payments, ${kills} kills, ${cuts} cuts`,
  storageOf: async ({ storage }, folder) => ({
    storage: await storages[storage].create(folder),
    missing: storages[storage].missing,
  }),
  run: runScenario,
  summaryOf,
  invariants,
});
