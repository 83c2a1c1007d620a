import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { PrismaRunner } from '../src/tracking/store/sql/libraries/prisma-database.js';

const require = createRequire(import.meta.url);

/** How a database has the column of `lines`. */
const COLUMNS = { postgresql: 'String', mysql: 'Bytes @db.VarBinary(1000)' };

type Provider = keyof typeof COLUMNS;

/** The table `lines` of the tests, as a host's own model. Prisma 6 has engines, and takes an address here. */
const schemaFor = (provider: Provider, major: number): string => `generator client {
  provider               = "prisma-client"
  output                 = "./client"
  moduleFormat           = "esm"
  importFileExtension    = "ts"
  generatedFileExtension = "ts"${major < 7 ? '\n  engineType = "client"' : ''}
}
datasource db {
  provider = "${provider}"${major < 7 ? '\n  url = env("DATABASE_URL")' : ''}
}
model Line {
  line ${COLUMNS[provider]} @id
  @@map("lines")
}
`;

/** The client that Prisma generates for such a schema, as far as the tests use it. */
export interface TestPrismaTransaction extends PrismaRunner {
  readonly line: {
    create(input: { data: { line: string | Uint8Array } }): Promise<{ line: unknown }>;
    findMany(): Promise<{ line: unknown }[]>;
  };
}

export interface TestPrismaClient extends TestPrismaTransaction {
  $transaction<T>(
    work: (tx: TestPrismaTransaction) => Promise<T>,
    options?: { maxWait?: number; timeout?: number; isolationLevel?: 'ReadCommitted' },
  ): Promise<T>;
  $disconnect(): Promise<void>;
}

type PrismaClientClass = new (options: { adapter: object }) => TestPrismaClient;

/** Prisma's own client for a database. */
export async function prismaClientClass(
  provider: Provider = 'postgresql',
): Promise<PrismaClientClass> {
  const { href } = pathToFileURL(path.join(await prismaClientFolder(provider), 'client/client.ts'));
  const { PrismaClient } = await import(href);
  return PrismaClient;
}

/**
 * A folder with the generated client in `client`, which finds the packages of this workspace. It is made
 * once for each version of Prisma, and stays among the temporary files: the client loads parts of itself
 * late.
 */
export async function prismaClientFolder(provider: Provider = 'postgresql'): Promise<string> {
  const manifest = require.resolve('prisma/package.json');
  const text = await readFile(manifest, 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const schemaText = schemaFor(provider, Number.parseInt(version, 10));
  const made = createHash('sha256').update(text).update(manifest);
  const hash = made.update(schemaText).digest('hex').slice(0, 16);
  const folder = path.join(tmpdir(), `glomopay-prisma-${hash}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(`${folder}-`);
  await generate(draft, path.dirname(path.dirname(manifest)), schemaText);
  try {
    await rename(draft, folder);
  } catch (thrown) {
    // Another file of tests was first.
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw thrown;
  }
  return folder;
}

async function generate(folder: string, packages: string, schemaText: string): Promise<void> {
  await symlink(packages, path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  const schema = path.join(folder, 'schema.prisma');
  await writeFile(schema, schemaText);
  const cli = require.resolve('prisma/build/index.js');
  await promisify(execFile)(process.execPath, [cli, 'generate', '--schema', schema], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      // To generate takes no engine; Prisma asks for them all the same, and would download them.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_QUERY_ENGINE_LIBRARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
}
