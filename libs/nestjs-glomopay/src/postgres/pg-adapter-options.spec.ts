import { describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { pgAdapter, type PgAdapterOptions } from './pg.adapter.js';

describe('pgAdapter, its options', () => {
  const pool = new Pool({ max: 1 });

  it.each([null, [], 'x', { prepare: null }, { prepare: 'false' }, { prepared: false }])(
    'refuses the options %j',
    (options) => {
      expect(() => pgAdapter(pool, options as PgAdapterOptions)).toThrow(
        GlomopayConfigurationError,
      );
    },
  );

  it.each([undefined, {}, { prepare: undefined }, { prepare: false }])('takes %j', (options) => {
    expect(pgAdapter(pool, options as PgAdapterOptions)).toMatchObject({
      query: expect.any(Function),
    });
  });
});
