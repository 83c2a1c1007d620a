import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import type { AmbientTransactionHost } from '../tracking/store/sql/libraries/transaction-host.js';
import { lendToHost } from './transaction-host.js';

describe('lendToHost', () => {
  it('lends as the adapter inside does too, and keeps it whole', async () => {
    const seen: string[] = [];
    let ambient: unknown;
    class Inner {
      readonly #rows = [{ one: '1' }];
      async query() {
        return this.#rows;
      }
      async transaction(): Promise<never> {
        throw new Error('Nobody asks for one');
      }
      async lent(tx: string, work: () => Promise<void>) {
        seen.push(
          `${tx} is lent by the inner one, ambient: ${String(ambient)}`,
          String(this.#rows.length),
        );
        await work();
      }
    }
    const host: AmbientTransactionHost = {
      get tx() {
        return ambient;
      },
      async withTransaction(_options, work) {
        ambient = 'tx';
        await work();
      },
      withoutTransaction: (work) => work(),
    };
    const { query, lent } = lendToHost<string>(new Inner(), host);
    await lent?.('tx', async () => void seen.push('the work'));
    expect(seen).toEqual(['tx is lent by the inner one, ambient: tx', '1', 'the work']);
    expect(await query('SELECT 1', [])).toEqual([{ one: '1' }]);
  });
});

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
