import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';

const script = fileURLToPath(new URL('../../test/cls-process.mjs', import.meta.url));
const suite = (await isPostgresThere()) ? describe : describe.skip;

const libraries = ['typeorm', 'kysely', 'prisma', 'postgres.js', 'drizzle', 'pg'];

suite.each(libraries)(
  `PostgresTrackingStore beside nestjs-cls and %s (${postgresPlace})`,
  (library) => {
    let schema: PostgresSchema;

    /** Runs a host in a process of its own; what it has printed. */
    async function host(scenario: string): Promise<unknown> {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [script, JSON.stringify(schema.config()), scenario, library],
        { env: { ...process.env, NODE_OPTIONS: '' } },
      );
      return JSON.parse(stdout);
    }

    beforeEach(async () => {
      schema = await aPostgresSchema();
    });
    afterEach(async () => {
      await schema.drop();
    });

    it('keeps what it has written although the transaction around its caller is rolled back', async () => {
      expect(await host('ambient')).toEqual({
        own: 'created',
        other: 'created',
        settled: 'succeeded',
        event: ['done'],
        due: 0,
      });
      expect((await schema.lines()).toSorted()).toEqual(['paid', 'shipped']);
    });

    it('lends its transaction to the TransactionHost: what a failing handler wrote is rolled back', async () => {
      expect(await host('lending')).toEqual({
        failure: 'Error: the handler has failed',
        state: 'created',
      });
      expect((await schema.lines()).toSorted()).toEqual(['inside', 'paid', 'shipped']);
    });

    it('runs no handler when the TransactionHost does not take the transaction over', async () => {
      expect(await host('not accepted')).toEqual({
        failure: expect.stringMatching(/^GlomopayConfigurationError: .*acceptLent/s),
      });
      expect(await schema.lines()).toEqual([]);
    });
  },
);
