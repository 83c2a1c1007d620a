import { describe, expect, it } from '@jest/globals';
import type { InternalAxiosRequestConfig } from 'axios';
import { AxiosHeaders } from 'axios';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Exchange } from './exchange.js';
import { leanAdapter } from './lean-adapter.js';

async function listening(): Promise<{ server: http.Server; baseUrl: string; paths: string[] }> {
  const paths: string[] = [];
  const server = http.createServer((request, response) => {
    paths.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

function configOf(exchange: unknown): InternalAxiosRequestConfig {
  return Object.assign({ headers: new AxiosHeaders() }, { exchange });
}

function anExchange(signal?: AbortSignal): Exchange {
  return new Exchange({
    method: 'GET',
    path: '/api/v1/orders',
    headers: { authorization: 'Bearer secret-key' },
    body: Buffer.from('4111111111111111'),
    timeoutMs: 2_000,
    signal,
  });
}

describe('leanAdapter', () => {
  it('sends an exchange and gives the bytes that come back', async () => {
    const { server, baseUrl, paths } = await listening();
    const send = leanAdapter({ baseUrl, agent: new http.Agent() });
    await expect(send(configOf(anExchange()))).resolves.toMatchObject({
      status: 200,
      data: { status: 200, body: Buffer.from('{}'), retryAfter: undefined },
    });
    expect(paths).toEqual(['/api/v1/orders']);
    server.close();
  });

  it.each([undefined, {}, { open: () => ({}) }])('sends nothing else: %p', async (exchange) => {
    const { server, baseUrl, paths } = await listening();
    const send = leanAdapter({ baseUrl, agent: new http.Agent() });
    await expect(send(configOf(exchange))).rejects.toThrow(TypeError);
    expect(paths).toEqual([]);
    server.close();
  });

  it('sends nothing once the signal has aborted', async () => {
    const { server, baseUrl, paths } = await listening();
    const send = leanAdapter({ baseUrl, agent: new http.Agent() });
    await expect(send(configOf(anExchange(AbortSignal.abort())))).rejects.toMatchObject({
      fault: 'aborted',
      unsent: true,
    });
    expect(paths).toEqual([]);
    server.close();
  });
});

describe('Exchange', () => {
  it('shows neither key nor body', () => {
    const shown = [{ showHidden: true, depth: 12 }, { customInspect: false }].map((options) =>
      inspect({ exchange: anExchange() }, options),
    );
    expect(`${shown.join('')}${JSON.stringify(anExchange())}`).not.toMatch(/4111|secret-key|34 31/);
  });
});
