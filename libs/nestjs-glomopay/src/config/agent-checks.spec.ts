import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { tlsWeakness } from './agent-checks.js';

describe('tlsWeakness', () => {
  it.each<[string, object]>([
    ['a plain agent', new https.Agent()],
    ['a keep-alive agent', new https.Agent({ keepAlive: true, maxSockets: 5 })],
    ['a pinned authority', new https.Agent({ ca: 'pem' })],
    ['certificate checks stated', new https.Agent({ rejectUnauthorized: true })],
    ['TLS 1.2', new https.Agent({ minVersion: 'TLSv1.2' })],
    ['TLS 1.3 only', new https.Agent({ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' })],
    ['a proxy agent without options of its own', { connectOpts: { host: 'proxy.example' } }],
    ['an agent of another make', {}],
  ])('finds none in %s', (_, agent) => {
    expect(tlsWeakness(agent)).toBeUndefined();
  });

  const falsy: unknown[] = [false, 0, '', null, 'false'];
  it.each<[string, unknown]>([
    ...falsy.map((value): [string, unknown] => [
      `rejectUnauthorized: ${JSON.stringify(value)}`,
      { options: { rejectUnauthorized: value } },
    ]),
    ['checks off', new https.Agent({ rejectUnauthorized: false })],
    ['checks off behind a proxy', { connectOpts: { rejectUnauthorized: false } }],
    ['the host name check off', new https.Agent({ checkServerIdentity: () => undefined })],
    ['TLS 1.0', new https.Agent({ minVersion: 'TLSv1' })],
    ['TLS 1.1', new https.Agent({ minVersion: 'TLSv1.1' })],
    ['TLS 1.1 at most', new https.Agent({ maxVersion: 'TLSv1.1' })],
    ['a protocol by its old name', new https.Agent({ secureProtocol: 'TLSv1_method' })],
    ['a context made elsewhere', new https.Agent({ secureContext: createSecureContext() })],
    ['nothing', null],
    ['a text', 'agent'],
    ['a function', () => new http.Agent()],
  ])('finds one in %s', (_, agent) => {
    expect(tlsWeakness(agent)).toMatch(/^must /);
  });
});
