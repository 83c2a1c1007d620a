import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { read } from '../../test/client.js';
import { main } from './main.js';

/** Runs the command in process; `whileServing` happens between its start-up text and its end. */
async function run(argv: string[], whileServing: (output: string) => unknown = () => undefined) {
  const out: string[] = [];
  const err: string[] = [];
  const stopped = new AbortController();
  const code = await main(argv, {
    stdout: (text) => {
      out.push(text);
      void Promise.resolve(whileServing(text)).then(() => stopped.abort());
    },
    stderr: (text) => void err.push(text),
    untilStopped: async () => void (await once(stopped.signal, 'abort')),
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

describe('glomopay-sandbox', () => {
  it('prints one line of JSON that a script can use, and serves until it is stopped', async () => {
    let status = 0;
    let url = '';
    const { code, stdout } = await run(['--port', '0', '--json'], async (line) => {
      const started: unknown = JSON.parse(line);
      url = read(started, 'url');
      const headers = { authorization: `Bearer ${read(started, 'secretKey')}` };
      const customer = `${url}/api/v1/customer/${read(started, 'demoCustomerId')}`;
      status = (await fetch(customer, { headers })).status;
    });
    expect([code, status]).toEqual([0, 200]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ webhookSecret: expect.stringMatching(/^whsec_/) });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('prints what a person needs', async () => {
    const { stdout } = await run(['--port', '0', '--callback-delay', '5']);
    expect(stdout).toMatch(/GLOMOPAY_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n/);
    expect(stdout).toMatch(/GLOMOPAY_SECRET_KEY=ey/);
  });

  it('sends webhooks where it is told to, be it several places', async () => {
    const urls = ['http://localhost:3000/webhooks/glomopay', 'https://shop.example/hooks'];
    const { stdout } = await run(['--port', '0', ...urls.flatMap((url) => ['--webhook-url', url])]);
    expect(stdout).toContain(`Webhooks go to   ${urls.join(' ')}\n`);
  });

  it('listens on another address when told to', async () => {
    const { stdout } = await run(['--port', '0', '--host', '127.0.0.2', '--json']);
    expect(stdout).toContain('http://127.0.0.2:');
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: glomopay-sandbox');
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ['--nope'],
    ['extra'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port'],
    ['--webhook-url', 'http://shop.example/'],
    ['--webhook-url'],
    ['--callback-delay', '-1'],
    ['--callback-delay', '1e3'],
  ])('refuses %s %s with its usage and exit code 2', async (...argv) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: glomopay-sandbox');
  });

  it('says that the port is in use and exits with 1', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, stderr } = await run(['--port', port]);
    expect(code).toBe(1);
    expect(stderr).toContain('the port is already in use');
    server.close();
  });
});
