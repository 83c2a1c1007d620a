import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prismaClientFolder } from '../../test/prisma-client.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const here = fileURLToPath(new URL('.', import.meta.url));

const PROGRAM = `
import { PrismaClient, type Prisma } from '../client/client.ts';
import { prismaAdapter } from '${here}prisma.adapter.ts';
import type { PostgresAdapter } from '${here}postgres-adapter.ts';

class PrismaService extends PrismaClient {}
type Same<A, B> = [A, B] extends [B, A] ? true : false;

export async function fits(client: PrismaClient, service: PrismaService, tx: Prisma.TransactionClient) {
  const adapter = prismaAdapter(client);
  const ofService = prismaAdapter(service);
  const same: Same<typeof adapter, PostgresAdapter<Prisma.TransactionClient>> = true;
  const alsoOfService: Same<typeof ofService, typeof adapter> = true;
  await adapter.transaction(async (own) => {
    await own.line.create({ data: { line: 'a' } });
    // @ts-expect-error no such column
    await own.line.create({ data: { lime: 'a' } });
    // @ts-expect-error a transaction does not close the client
    own.$disconnect;
  });
  return [same, alsoOfService, tx];
}
`;

describe('prismaAdapter', () => {
  it('hands on the transaction client that Prisma has generated', async () => {
    const folder = await mkdtemp(path.join(await prismaClientFolder(), 'types-'));
    const file = path.join(folder, 'program.ts');
    await writeFile(file, PROGRAM);
    const options =
      '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --target es2023 --module nodenext --allowImportingTsExtensions --types node';
    const checking = promisify(execFile)(process.execPath, [tsc, ...options.split(' '), file], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const printed = await checking.then(
      () => '',
      (failure: unknown) => Reflect.get(Object(failure), 'stdout'),
    );
    await rm(folder, { recursive: true });
    expect(printed).toBe('');
  });
});
