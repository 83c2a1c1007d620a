import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from 'esbuild';
import { GlomopayKeys, type GlomopayKeyProvider, type GlomopayKeySource } from 'nestjs-glomopay';
import { codeBlocksOf } from '../package/code-blocks.js';
import { cleanUp } from '../support/library/clean-up.js';
import { aSecretKey } from '../support/library/secret-key.js';
import { until } from '../support/until.js';
import { startKeyHost } from './key-host.js';

const opened = cleanUp();
const [OLD, NEW] = [aSecretKey('of-yesterday'), aSecretKey('of-today')];

interface Documented {
  keyFile(file: string): GlomopayKeySource;
  vaultKeys(url: string, token: () => string): GlomopayKeyProvider;
  awsKeys(client: object, secretId: string): GlomopayKeyProvider;
}

/** What the page exports, run as it stands there. */
async function documented(): Promise<Documented> {
  const page = await readFile(new URL('../../docs/keys.md', import.meta.url), 'utf8');
  const members = {};
  for (const { module: code } of codeBlocksOf(page)) {
    if (!/export function/.test(code)) continue;
    const { code: program } = await transform(code, { loader: 'ts', format: 'cjs' });
    const holder = { exports: {} };
    new Function('module', 'require', program)(holder, createRequire(import.meta.url));
    Object.assign(members, Object.fromEntries(Object.entries(holder.exports)));
  }
  return members as Documented;
}

describe('A provider of docs/keys.md', () => {
  let page: Documented;
  let folder = '';
  beforeAll(async () => {
    page = await documented();
    folder = await mkdtemp(path.join(tmpdir(), 'glomopay-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('follows a mounted secret of Kubernetes: a symbolic link is swapped', async () => {
    // As the kubelet does it: `key` leads through `..data`, which is renamed over in one step.
    const mount = async (name: string, ...keys: readonly string[]) => {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'key'), `${keys.join('\n')}\n`);
      await symlink(name, path.join(folder, '..data_tmp'));
      await rename(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
    };
    await mount('..2026_01', OLD);
    await symlink(path.join('..data', 'key'), path.join(folder, 'key'));
    const secretKey = page.keyFile(path.join(folder, 'key'));
    const host = opened(await startKeyHost('express', { secretKey }));
    const keys = host.app.get(GlomopayKeys);
    expect(keys.look().secretKey).toMatchObject({ present: 1, older: 0 });
    await mount('..2026_02', NEW);
    await until(() => keys.look().secretKey.older === 1);
    expect([await host.callback(NEW), await host.callback(OLD)]).toEqual([200, 200]);
    await rm(path.join(folder, 'key'));
    expect((await keys.refresh()).secretKey.fault).toBe(
      'secretKey: its provider failed (Error open ENOENT)',
    );
    expect(await host.callback(NEW)).toBe(200);
  });

  it('reads Vault, with its token, its lease, and its refusals', async () => {
    let leaseSeconds = 0;
    let isSealed = false;
    const server = createServer((request, response) => {
      const isAllowed = request.headers['x-vault-token'] === 'hvs.token';
      const isThere = request.url === '/v1/secret/data/glomopay';
      response.statusCode = isSealed ? 503 : isAllowed && isThere ? 200 : 403;
      const data = { data: { keys: [NEW, OLD] }, metadata: { version: 2 } };
      response.end(JSON.stringify({ lease_duration: leaseSeconds, data }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened({ close: async () => void server.close(() => undefined).closeAllConnections() });
    const { port } = server.address() as AddressInfo;
    let token = 'hvs.token';
    const secretKey = page.vaultKeys(`http://127.0.0.1:${port}`, () => token);
    const host = opened(await startKeyHost('fastify', { secretKey }));
    const keys = host.app.get(GlomopayKeys);
    expect(keys.look().secretKey).toMatchObject({ present: 2, fault: undefined });
    leaseSeconds = 3_600;
    expect((await keys.refresh()).secretKey.fault).toBeUndefined();
    token = 'hvs.expired';
    const { secretKey: state } = await keys.refresh();
    expect(state).toMatchObject({
      present: 2,
      fault: 'secretKey: its provider failed (Error HTTP_Forbidden)',
    });
    isSealed = true;
    expect((await keys.refresh()).secretKey.fault).toBe(
      'secretKey: its provider failed (Error HTTP_Service_Unavailable)',
    );
    expect([await host.callback(NEW), await host.callback(OLD)]).toEqual([200, 200]);
  });

  it('reads AWS Secrets Manager, where the secret before verifies beside the current one', async () => {
    const stages = new Map([['AWSCURRENT', OLD]]);
    const client = {
      getSecretValue: async (
        input: { SecretId: string; VersionStage: string },
        { abortSignal }: { abortSignal: AbortSignal },
      ) => {
        abortSignal.throwIfAborted();
        const SecretString = stages.get(input.VersionStage);
        if (SecretString === undefined || input.SecretId !== 'glomopay') {
          throw Object.assign(new Error(OLD), { name: 'ResourceNotFoundException' });
        }
        return { SecretString };
      },
    };
    const secretKey = page.awsKeys(client, 'glomopay');
    const host = opened(await startKeyHost('express', { secretKey }));
    const keys = host.app.get(GlomopayKeys);
    expect(keys.look().secretKey).toMatchObject({ present: 1 });
    stages.set('AWSPREVIOUS', OLD).set('AWSCURRENT', NEW);
    expect((await keys.refresh()).secretKey).toMatchObject({ present: 2, older: 0 });
    expect([await host.callback(NEW), await host.callback(OLD)]).toEqual([200, 200]);
    stages.clear();
    expect((await keys.refresh()).secretKey.fault).toBe(
      'secretKey: its provider failed (ResourceNotFoundException)',
    );
  });
});
