import { describe, expect, it } from '@jest/globals';
import { blamesRow, sqlStateOf } from './sql-state.js';

const pgError = Object.assign(new Error('duplicate key'), { code: '23505' });

describe('sqlStateOf', () => {
  it.each<[string, unknown]>([
    ['pg', pgError],
    ['Drizzle', new Error('Failed query', { cause: pgError })],
    ['TypeORM', Object.assign(new Error('failed'), { driverError: pgError })],
    ['Sequelize', Object.assign(new Error('failed'), { parent: pgError, original: pgError })],
    [
      'Prisma before 7',
      Object.assign(new Error('raw query failed'), {
        code: 'P2010',
        meta: { code: '23505', message: 'duplicate key' },
      }),
    ],
    [
      'Prisma with a driver adapter',
      Object.assign(new Error('raw query failed'), {
        code: 'P2010',
        meta: {
          driverAdapterError: Object.assign(new Error('failed'), {
            cause: { kind: 'UniqueConstraintViolation', originalCode: '23505' },
          }),
        },
      }),
    ],
    [
      'one inside another',
      new Error('outer', { cause: Object.assign(new Error('inner'), { original: pgError }) }),
    ],
  ])('is found in an error of %s', (_, thrown) => {
    expect(sqlStateOf(thrown)).toBe('23505');
    expect(blamesRow(thrown)).toBe(true);
  });

  it.each([['EPIPE'], ['P2010'], ['P1001'], ['ECONNRESET'], ['08']])(
    'is not the code %s of something else',
    (code) => {
      expect(sqlStateOf(Object.assign(new Error('failed'), { code }))).toBeUndefined();
    },
  );

  it('is undefined for what is no error of a database, also when it contains itself', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect([circle, undefined, null, 'text', 7].map(sqlStateOf)).toEqual(Array(5).fill(undefined));
  });
});
