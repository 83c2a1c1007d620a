import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payinPurposeCodes, payoutPurposeCodes } from '../src/values/purpose-codes.js';

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

type Row = Readonly<Record<'code' | 'group' | 'description' | 'documents', unknown>>;

describe('the tables of purpose codes', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'purpose-codes-'));
    await promisify(execFile)(process.execPath, [at('../build/purpose-codes.mjs'), folder]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['payin-purpose-codes.ts', 'payout-purpose-codes.ts'])(
    'are what the script makes: %s',
    async (name) => {
      const stands = await readFile(at(`../src/values/${name}`), 'utf8');
      expect(stands).toBe(await readFile(path.join(folder, name), 'utf8'));
    },
  );

  it.each([
    ['payin', payinPurposeCodes, 138],
    ['payout', payoutPurposeCodes, 144],
  ] as const)('give back every row of the %s list', async (direction, codes, count) => {
    const facts = await readFile(at('../../../test/contract/facts/purpose-codes.json'), 'utf8');
    const rows = (JSON.parse(facts) as Readonly<Record<string, readonly Row[]>>)[direction] ?? [];
    expect(rows).toHaveLength(count);
    for (const { code, group, description, documents } of rows) {
      expect(codes.get(String(code))).toEqual({ code, group, description, documents });
      expect(code).toMatch(/^[PS]\d{4}$/);
    }
    expect(new Set(rows.map(({ code }) => code)).size).toBe(count);
  });
});
