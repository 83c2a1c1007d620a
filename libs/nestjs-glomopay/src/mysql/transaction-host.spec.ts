import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';

const script = fileURLToPath(new URL('../../test/cls-process.mjs', import.meta.url));
const suite = (await isMysqlThere()) ? describe : describe.skip;

const libraries = ['typeorm', 'kysely', 'prisma', 'drizzle', 'knex', 'sequelize', 'mysql2'];

suite.each(libraries)(`MysqlTrackingStore beside nestjs-cls and %s (${mysqlPlace})`, (library) => {
  let database: MysqlDatabase;

  /** Runs a host in a process of its own; what it has printed. */
  async function host(scenario: string): Promise<unknown> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script, JSON.stringify(database.place), scenario, library, 'mysql'],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return JSON.parse(stdout);
  }

  beforeEach(async () => {
    database = await aMysqlDatabase();
  });
  afterEach(() => database.drop());

  it('keeps what it has written although the transaction around its caller is rolled back', async () => {
    expect(await host('ambient')).toEqual({
      own: 'created',
      other: 'created',
      settled: 'succeeded',
      event: ['done'],
      due: 0,
    });
    expect((await database.lines()).toSorted()).toEqual(['paid', 'shipped']);
  });

  it('lends its transaction to the TransactionHost: what a failing handler wrote is rolled back', async () => {
    expect(await host('lending')).toEqual({
      failure: 'Error: the handler has failed',
      state: 'created',
    });
    expect((await database.lines()).toSorted()).toEqual(['inside', 'paid', 'shipped']);
  });

  it('runs no handler when the TransactionHost does not take the transaction over', async () => {
    expect(await host('not accepted')).toEqual({
      failure: expect.stringMatching(/^GlomopayConfigurationError: .*acceptLent/s),
    });
    expect(await database.lines()).toEqual([]);
  });
});
