import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aPaymentBody, aStartedPaymentBody } from '../support/library/bodies.js';
import { runProgram } from '../support/library/child-process.js';
import { CompiledLibrary } from '../support/library/compiled-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { aSecretKey } from '../support/library/secret-key.js';

let library: CompiledLibrary;
let gateway: Recorder;
let elsewhere: Recorder;

const answer: Reply = (request, response) => {
  const body = request.method === 'POST' ? aStartedPaymentBody() : aPaymentBody();
  response.end(JSON.stringify(body));
};

beforeAll(async () => {
  library = await CompiledLibrary.make();
  gateway = await Recorder.start(answer);
  elsewhere = await Recorder.start(answer);
});
beforeEach(() => {
  gateway.reset();
  elsewhere.reset();
});
afterAll(async () => {
  await library.stop();
  await gateway.stop();
  await elsewhere.stop();
});

async function oneCall(
  baseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<unknown> {
  const { output, errors } = await runProgram(
    library,
    'one-call',
    { BASE_URL: baseUrl, SECRET_KEY: aSecretKey(), ...environment },
    flags,
  );
  if (output === '') throw new Error(`The program has written nothing. ${errors}`);
  return JSON.parse(output);
}

const both = { payment: { outcome: 'answered' }, read: { outcome: 'answered' } };
const target = ['POST /api/v1/payments', 'GET /api/v1/payments/payt_691eeb9aV79Uk'];

describe('the environment', () => {
  it('of proxies is not followed', async () => {
    const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy'];
    const environment = Object.fromEntries(proxies.map((name) => [name, elsewhere.url]));
    expect(await oneCall(gateway.url, { ...environment, NODE_USE_ENV_PROXY: '1' })).toEqual(both);
    expect(gateway.calls()).toEqual(target);
    expect(elsewhere.calls()).toEqual([]);
  });
});

describe('a host that changes axios and Object.prototype', () => {
  it('does not change where the library sends, or what', async () => {
    const prepare = new URL('../support/library/programs/hostile-host.mjs', import.meta.url);
    const result = await oneCall(gateway.url, {
      PREPARE: fileURLToPath(prepare),
      ELSEWHERE: elsewhere.url,
    });
    expect(result).toEqual(both);
    expect(gateway.calls()).toEqual(target);
    expect(elsewhere.calls()).toEqual([]);
    for (const { headers } of gateway.requests) {
      expect(headers['authorization']).toBe(`Bearer ${aSecretKey()}`);
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^x-/)]),
      );
    }
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const withOpenssl = hasOpenssl() ? describe : describe.skip;

withOpenssl('a TLS server (needs openssl for its certificate)', () => {
  const requests: string[] = [];
  let directory: string;
  let server: Server | undefined;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'glomopay-tls-'));
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    execFileSync(
      'openssl',
      ['req', '-x509', ...curve, '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject],
      { stdio: 'ignore' },
    );
  });
  beforeEach(() => {
    requests.length = 0;
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function listen(versions: {
    readonly minVersion?: 'TLSv1';
    readonly maxVersion?: 'TLSv1.1';
    readonly ciphers?: string;
  }): Promise<string> {
    const started = createServer(
      {
        key: readFileSync(join(directory, 'key.pem')),
        cert: readFileSync(join(directory, 'cert.pem')),
        ...versions,
      },
      (request, response) => {
        requests.push(`${request.method} ${request.url}`);
        const body = request.method === 'POST' ? aStartedPaymentBody() : aPaymentBody();
        request.resume().on('end', () => response.end(JSON.stringify(body)));
      },
    );
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', () => resolve()));
    return `https://127.0.0.1:${(started.address() as AddressInfo).port}`;
  }

  async function stop(): Promise<void> {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  }

  it('with a certificate that nobody has signed gets nothing, whatever the environment says', async () => {
    const url = await listen({});
    const result = await oneCall(url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const refused = {
      name: 'GlomopayUnreachableError',
      outcome: 'not_sent',
      cause: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    };
    expect(result).toEqual({ payment: refused, read: refused });
    expect(requests).toEqual([]);
    await stop();
  });

  it('with a trusted certificate is used', async () => {
    const url = await listen({});
    const ca = join(directory, 'cert.pem');
    expect(await oneCall(url, { NODE_EXTRA_CA_CERTS: ca })).toEqual(both);
    expect(requests).toEqual(target);
    await stop();
  });

  it('that speaks TLS 1.1 only gets nothing, whatever the flags say', async () => {
    const url = await listen({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const result = await oneCall(
      url,
      { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: join(directory, 'cert.pem') },
      ['--tls-min-v1.0', '--tls-cipher-list=DEFAULT@SECLEVEL=0'],
    );
    expect(result).toMatchObject({ payment: { name: 'GlomopayOutcomeUnknownError' } });
    expect(requests).toEqual([]);
    await stop();
  });
});
