import { HttpService } from '@nestjs/axios';
import { Axios, AxiosHeaders, type AxiosAdapter, type AxiosInstance } from 'axios';
import { describe, expect, it } from '@jest/globals';
import { aSecretKey } from '../../../../test/support/library/secret-key.js';
import { StillClock } from '../../test/still-clock.js';
import { resolveConfig } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { reveal } from '../values/secret.js';
import { Exchange } from './exchange.js';
import { GatewayClient } from './gateway-client.js';
import type { GatewayCall } from './gateway-call.js';

const [OLD, NEW] = [aSecretKey('of-yesterday'), aSecretKey('of-today')];
const repeating: GatewayCall<unknown> = {
  operation: { method: 'POST', path: '/api/v1/orders' },
  body: { amount: 1 },
  maxAttempts: 1,
  decode: (body) => body,
};

/** A gateway in memory, which answers each key in its way, and the client in front of it. */
async function clientOf(answer: (key: string) => Promise<{ status: number; body?: object }>) {
  const vault = { keys: [OLD], readings: 0 };
  const sent: string[] = [];
  const adapter: AxiosAdapter = async (config) => {
    const exchange: unknown = Reflect.get(config, 'exchange');
    if (!(exchange instanceof Exchange)) throw new TypeError('Only the GatewayClient may send.');
    const key = String(exchange.open().headers['authorization']).replace('Bearer ', '');
    sent.push(key);
    const { status, body = {} } = await answer(key);
    const data = { status, retryAfter: undefined, body: Buffer.from(JSON.stringify(body)) };
    return { data, status, statusText: '', headers: {}, config };
  };
  const plain = { transformRequest: [], transformResponse: [], validateStatus: null };
  const axios = new Axios({ adapter, headers: new AxiosHeaders(), ...plain });
  const clock = new StillClock();
  const secretKey = async () => {
    vault.readings += 1;
    return vault.keys;
  };
  const sealed = new SealedOptions({ secretKey, keyRotation: { graceMs: 0 } });
  const config = await resolveConfig(sealed, clock);
  const http = new HttpService(axios as AxiosInstance);
  const client = new GatewayClient(config, http, clock, 'default');
  return { client, vault, sent, ring: config.secretKeys };
}

describe('A call whose key is refused', () => {
  it('shares one reading with a thousand others, and is sent once more under the new key', async () => {
    const held: (() => void)[] = [];
    const { client, vault, sent } = await clientOf(async (key) => {
      if (key === NEW) return { status: 200 };
      await new Promise<void>((resolve) => {
        if (held.push(resolve) === 1_000) held.forEach((each) => each());
      });
      return { status: 401 };
    });
    vault.keys = [NEW];
    const answers = Array.from({ length: 1_000 }, () => client.call(repeating));
    expect(await Promise.all(answers)).toHaveLength(1_000);
    expect(vault.readings).toBe(2);
    expect(sent).toEqual([...Array(1_000).fill(OLD), ...Array(1_000).fill(NEW)]);
  });

  it('is sent once more also where its caller allows one attempt, for that one was none', async () => {
    const { client, vault, sent } = await clientOf(async (key) => ({
      status: key === NEW ? 200 : 401,
    }));
    vault.keys = [NEW];
    await client.call(repeating);
    expect(sent).toEqual([OLD, NEW]);
  });

  it('says in its error how often it was sent', async () => {
    const { client, vault } = await clientOf(async (key) => ({ status: key === NEW ? 500 : 401 }));
    vault.keys = [NEW];
    await expect(client.call(repeating)).rejects.toMatchObject({ attempts: 2, outcome: 'unknown' });
  });

  it('fails as ever where the keys stay the same, or where no provider has them', async () => {
    const { client, vault, sent } = await clientOf(async () => ({ status: 401 }));
    await expect(client.call(repeating)).rejects.toMatchObject({ status: 401 });
    await expect(client.call(repeating)).rejects.toMatchObject({ status: 401 });
    expect([vault.readings, sent]).toEqual([2, [OLD, OLD]]);
  });

  it.each([400, 403, 404, 422, 500])('asks for no key after %d', async (status) => {
    const { client, vault, sent } = await clientOf(async () => ({ status }));
    await expect(client.call(repeating)).rejects.toMatchObject({ status });
    expect([vault.readings, sent]).toEqual([1, [OLD]]);
  });
});

describe('The keys of an attempt', () => {
  it('are hidden in what answers it, also one that has gone meanwhile and the one in its place', async () => {
    const { client, vault, ring, sent } = await clientOf(async () => {
      vault.keys = [NEW];
      await ring.news('asked');
      return { status: 200, body: { echo: `${OLD} and ${NEW}`, [OLD]: 1 } };
    });
    expect(await client.call(repeating)).toEqual({
      echo: '[removed] and [removed]',
      '[removed]': 1,
    });
    expect(sent).toEqual([OLD]);
    expect(ring.active().map(reveal)).toEqual([NEW]);
  });
});
