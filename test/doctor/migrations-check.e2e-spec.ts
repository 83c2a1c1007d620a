import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { runDoctor } from 'nestjs-glomopay/doctor';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { isMysqlThere, mysqlUrl } from '../../libs/nestjs-glomopay/test/mysql-database.js';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

async function ran(...words: string[]): Promise<{ code: number; out: string; told: string }> {
  let out = '';
  let told = '';
  const code = await runDoctor(
    ['migrations', ...words],
    (part) => (out += part),
    (part) => (told += part),
  );
  return { code, out, told };
}

const databases: Record<string, () => Promise<Place>> = {
  sqlite: onSqlite,
  ...((await isPostgresThere()) ? { postgres: onPostgres } : {}),
  ...((await isMysqlThere()) ? { mysql: onMysql } : {}),
};

describe.each(Object.entries(databases))('migrations check and apply on %s', (dialect, aPlace) => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(() => place.remove());

  it('say that there are no tables, make them once, and find what has been changed', async () => {
    expect(await ran('check', ...place.words)).toEqual({
      code: place.startsEmpty ? 1 : 2,
      out: place.startsEmpty ? expect.stringContaining('there are none') : '',
      told: place.startsEmpty ? '' : 'cannot look: there is no such file\n',
    });
    const made = await ran('apply', ...place.words);
    expect(made).toEqual({
      code: 0,
      out: expect.stringMatching(/^made the tables of version 3\n✓ tables .* version 3\n$/),
      told: '',
    });
    const again = await ran('apply', ...place.words);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing to apply') });
    expect(await ran('check', ...place.words)).toMatchObject({ code: 0, told: '' });

    await place.run(place.dropsAnIndex);
    const { code, out } = await ran('check', ...place.words);
    expect([code, out]).toEqual([1, expect.stringContaining('_movements_due of')]);
    const [, mend = ''] = /^ {4}((?:CREATE INDEX|ALTER TABLE) .*);$/m.exec(out) ?? [];
    await place.run(mend);
    const { code: then, out: json } = await ran('check', '--json', ...place.words);
    expect([then, JSON.parse(json)]).toEqual([
      0,
      expect.objectContaining({ ok: true, dialect, version: 3, newest: 3, differences: [] }),
    ]);
  });

  it('do it for many at once, and each tells what it has done', async () => {
    const other = await aPlace();
    const all = await Promise.all(Array.from({ length: 4 }, () => ran('apply', ...other.words)));
    await other.remove();
    expect(all.map(({ code, told }) => [code, told])).toEqual(
      Array.from({ length: 4 }, () => [0, '']),
    );
  });

  it('take the address from a variable too', async () => {
    const [, url = '', ...others] = place.words;
    const before = process.env['DATABASE_URL'];
    delete process.env['DATABASE_URL'];
    try {
      expect(await ran('check', ...others)).toMatchObject({
        code: 2,
        told: expect.stringContaining('DATABASE_URL'),
      });
      process.env['DATABASE_URL'] = url;
      expect(await ran('check', ...others)).toMatchObject({ code: 0 });
    } finally {
      delete process.env['DATABASE_URL'];
      if (before !== undefined) process.env['DATABASE_URL'] = before;
    }
  });
});

describe('migrations check with a file that exports the store', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const exported = (text: string): string => {
    const file = path.join(folder, `${randomBytes(4).toString('hex')}.mjs`);
    writeFileSync(file, text);
    return file;
  };
  const STORE = `{
    examineTables: async () => ({ dialect: 'sqlite', tablePrefix: '', version: 2, newest: 3,
      differences: [] }),
    migrate: async () => undefined,
    close: async () => undefined,
  }`;

  it.each([
    [`export const store = ${STORE}`, []],
    [`export default async () => (${STORE})`, []],
    [`export function made() { return ${STORE}; }`, ['--export', 'made']],
  ])('uses it, or what a function of it gives', async (text, words) => {
    const { code, out } = await ran('check', '--store', exported(text), ...words);
    expect([code, out]).toEqual([1, expect.stringContaining('version 2, this one makes 3')]);
  });

  it('cannot use what is no store, or fails, and repeats nothing of it', async () => {
    const secret = `sk-${randomBytes(9).toString('hex')}`;
    for (const text of [
      `export const store = { password: '${secret}' }`,
      `throw new Error('${secret}')`,
      `export const store = () => { throw Object.assign(new Error('${secret}'), { code: '28P01' }) }`,
    ]) {
      const said = await ran('check', '--store', exported(text));
      expect([said.code, said.out]).toEqual([2, '']);
      expect(said.told).toMatch(/^cannot look: /);
      expect(said.told).not.toContain(secret);
    }
  });
});

describe('migrations check without an answer', () => {
  it.each([
    ['postgres://shop:hunter2-hunter2@127.0.0.1:1/shop', 'nobody listens'],
    ['postgres://shop:hunter2-hunter2@127.0.0.1:99999999/shop', ''],
    ['postgres://shop:hunter2%hunter2@127.0.0.1:1/shop', ''],
    ['sqlite:/nowhere/hunter2-hunter2.db', 'no such file'],
  ])('ends with 2, and says nothing of %s', async (url, why) => {
    const said = await ran('check', '--url', url);
    expect(said).toEqual({ code: 2, out: '', told: expect.stringMatching(/^cannot look: /) });
    expect(said.told).toContain(why);
    expect(said.told).not.toContain('hunter2');
  });
});

interface Place {
  readonly words: readonly string[];
  /** Whether a database without tables can be there. */
  readonly startsEmpty: boolean;
  readonly dropsAnIndex: string;
  run(statement: string): Promise<void>;
  remove(): Promise<void>;
}

async function onSqlite(): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  const file = path.join(folder, 'payments.db');
  return {
    words: ['--url', `sqlite:${file}`, '--table-prefix', 'shop_'],
    startsEmpty: false,
    dropsAnIndex: 'DROP INDEX shop_glomopay_movements_due',
    async run(statement) {
      const database = new Database(file);
      database.exec(statement);
      database.close();
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

async function onPostgres(): Promise<Place> {
  const schema = `glomopay_check_${randomBytes(5).toString('hex')}`;
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`CREATE SCHEMA ${schema}`);
  return {
    words: ['--url', postgresUrl, '--schema', schema],
    startsEmpty: true,
    dropsAnIndex: `DROP INDEX ${schema}.glomopay_movements_due`,
    async run(statement) {
      await client.query(statement);
    },
    async remove() {
      await client.query(`SET client_min_messages = error; DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

async function onMysql(): Promise<Place> {
  const database = `glomopay_test_${randomBytes(6).toString('hex')}`;
  const connection = await createConnection({ uri: mysqlUrl });
  await connection.query(`CREATE DATABASE ${database}`);
  await connection.query(`USE ${database}`);
  const url = new URL(mysqlUrl);
  url.pathname = `/${database}`;
  return {
    words: ['--url', url.href, '--table-prefix', 'shop_'],
    startsEmpty: true,
    dropsAnIndex: 'ALTER TABLE shop_glomopay_movements DROP INDEX shop_glomopay_movements_due',
    async run(statement) {
      await connection.query(statement);
    },
    async remove() {
      await connection.query(`DROP DATABASE ${database}`);
      await connection.end();
    },
  };
}
