import { describe, expect, it } from '@jest/globals';
import { OptionChecks } from '../../../config/option-checks.js';
import { sqlTokens } from './sql-tokens.js';
import { TableNames } from './table-names.js';
import { checkedPlace, LONGEST_PREFIX } from './table-place.js';

const names = new TableNames({ schema: 'payments', tablePrefix: 'shop_' }, { quote: '"' });
const odd = new TableNames({ schema: 'Weird Schema', tablePrefix: 'Shop_' }, { quote: '"' });

describe('TableNames', () => {
  it.each([
    ['SELECT * FROM glomopay_x p', 'SELECT * FROM "payments".shop_glomopay_x p'],
    ['select 1 from glomopay_x', 'select 1 from "payments".shop_glomopay_x'],
    [
      'CREATE UNIQUE INDEX glomopay_i ON glomopay_x (a)',
      'CREATE UNIQUE INDEX shop_glomopay_i ON "payments".shop_glomopay_x (a)',
    ],
    [
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS glomopay_i\n  ON ONLY glomopay_x (a)',
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS shop_glomopay_i\n  ON ONLY "payments".shop_glomopay_x (a)',
    ],
    ['DROP INDEX IF EXISTS glomopay_i', 'DROP INDEX IF EXISTS "payments".shop_glomopay_i'],
    [
      'ALTER INDEX glomopay_i RENAME TO glomopay_j',
      'ALTER INDEX "payments".shop_glomopay_i RENAME TO shop_glomopay_j',
    ],
    [
      'ALTER TABLE glomopay_x RENAME TO glomopay_y',
      'ALTER TABLE "payments".shop_glomopay_x RENAME TO shop_glomopay_y',
    ],
    [
      'ALTER TABLE glomopay_x DROP CONSTRAINT glomopay_x_pkey, ADD CONSTRAINT glomopay_y_pkey PRIMARY KEY (a)',
      'ALTER TABLE "payments".shop_glomopay_x DROP CONSTRAINT shop_glomopay_x_pkey, ADD CONSTRAINT shop_glomopay_y_pkey PRIMARY KEY (a)',
    ],
    [
      'FROM glomopay_x p INDEXED BY glomopay_i',
      'FROM "payments".shop_glomopay_x p INDEXED BY shop_glomopay_i',
    ],
    [
      'FROM glomopay_x FORCE INDEX (glomopay_i)',
      'FROM "payments".shop_glomopay_x FORCE INDEX (shop_glomopay_i)',
    ],
    [
      'UNIQUE KEY glomopay_i (a), KEY glomopay_j (b)',
      'UNIQUE KEY shop_glomopay_i (a), KEY shop_glomopay_j (b)',
    ],
    ['REFERENCES glomopay_x (a)', 'REFERENCES "payments".shop_glomopay_x (a)'],
    ['PARTITION OF glomopay_x', 'PARTITION OF "payments".shop_glomopay_x'],
    [`'glomopay_x'::regclass::oid`, `'"payments".shop_glomopay_x'::regclass::oid`],
    [`WHERE name = 'glomopay_x'`, `WHERE name = 'shop_glomopay_x'`],
  ])('writes %j as %j', (statement, expected) => {
    expect(names.in(statement)).toBe(expected);
    expect(names.in(statement)).toBe(expected);
  });

  it.each([
    `SELECT 'see glomopay_x', 'it''s glomopay_x'`,
    'SELECT 1 -- glomopay_x\n',
    'SELECT /* glomopay_x */ 1',
    'SELECT "glomopay_x", `glomopay_x`',
    'DO $$ BEGIN glomopay_x; END $$',
    'SELECT my_glomopay_x, glomopay_',
    `SELECT 'glomopay_x y', 'glomopay migrate', $1`,
  ])('leaves %j alone', (statement) => {
    expect(names.in(statement)).toBe(statement);
  });

  it('quotes what a database would fold or take apart', () => {
    expect(odd.in('SELECT * FROM glomopay_x')).toBe(
      'SELECT * FROM "Weird Schema"."Shop_glomopay_x"',
    );
    expect(odd.in('CREATE INDEX glomopay_i ON glomopay_x (a)')).toBe(
      'CREATE INDEX "Shop_glomopay_i" ON "Weird Schema"."Shop_glomopay_x" (a)',
    );
    const keyword = new TableNames({ schema: 'user' }, { quote: '"' });
    expect(keyword.in('SELECT * FROM glomopay_x')).toBe('SELECT * FROM "user".glomopay_x');
  });

  it('changes nothing without a name', () => {
    const none = new TableNames({}, { quote: '"' });
    expect(none.in(`DROP INDEX glomopay_i; SELECT 'glomopay_x'`)).toBe(
      `DROP INDEX glomopay_i; SELECT 'glomopay_x'`,
    );
  });
});

describe('sqlTokens', () => {
  it.each(['', `a'b`, '"', '$a$ x', '/* x', `SELECT $1::text, ''''; -- e`])(
    'loses nothing of %j',
    (text) => {
      expect(
        sqlTokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    },
  );
});

describe('The place of the tables', () => {
  const faultsOf = (place: Record<string, unknown>): readonly string[] => {
    const checks = new OptionChecks();
    checkedPlace(checks, 'Store', place);
    return checks.faults;
  };

  it.each([
    ['payments', 'shop_'],
    ['Weird Schema', 'Shop_2_'],
    ['order', '_'],
    ['zahlungen-für-ööö', 'a'.repeat(LONGEST_PREFIX)],
    ['a'.repeat(63), ''],
    [undefined, undefined],
  ])('may be %j with %j', (schema, tablePrefix) => {
    expect(faultsOf({ schema, tablePrefix })).toEqual([]);
  });

  it.each([
    'a"; DROP TABLE x; --',
    `a'b`,
    'a.b',
    'a$1',
    'a?',
    'a:b',
    'a\0',
    'a\nb',
    'a\\',
    'a`',
    ' a',
    'a ',
    '1a',
    '',
    'ö'.repeat(32),
    'a'.repeat(64),
    7,
    null,
    ['a'],
  ])('is never a schema named %j, and the fault does not repeat it', (schema) => {
    const [fault, ...others] = faultsOf({ schema });
    expect(others).toEqual([]);
    expect(fault).toMatch(/^Store\.schema must be a name of letters, .* 63 bytes long$/);
  });

  it.each([
    'a b',
    'a-',
    'a"',
    `a'; DROP TABLE x; --`,
    'a.b',
    'a$1',
    'ö',
    '1a',
    'sqlite_',
    'SQLite_x',
    'a'.repeat(LONGEST_PREFIX + 1),
    7,
    null,
  ])('never has the prefix %j', (tablePrefix) => {
    expect(faultsOf({ tablePrefix })).toEqual([
      expect.stringMatching(/^Store\.tablePrefix must be/),
    ]);
  });
});
