import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../storm/command.mjs';
import { MariadbStorage } from '../storm/mariadb-storage.mjs';
import { PostgresStorage } from '../storm/postgres-storage.mjs';
import { SqliteStorage } from '../storm/sqlite-storage.mjs';
import { invariants } from './invariants.mjs';
import { readOptions, usage } from './options.mjs';
import { runFleet } from './run-fleet.mjs';
import { summaryOf } from './summary.mjs';

await runCommand({
  name: 'fleet',
  processes: 'workers',
  usage,
  readOptions,
  headingOf: ({ name, workers, events, kills, cuts }) =>
    `${name}: ${workers} workers, ${events} events, ${kills} kills, ${cuts} cuts`,
  storageOf,
  run: runFleet,
  summaryOf,
  invariants,
});

async function storageOf({ name, redis }, folder) {
  await mkdir(path.join(folder, 'data'));
  if (name === 'sqlite') return { storage: await SqliteStorage.create(folder) };
  if (name === 'mariadb') {
    return { storage: await MariadbStorage.create(), missing: MariadbStorage.missing };
  }
  if (redis && spawnSync('redis-server', ['--version']).error !== undefined) {
    return { missing: 'there is no redis-server' };
  }
  return { storage: await PostgresStorage.create(), missing: PostgresStorage.missing };
}
