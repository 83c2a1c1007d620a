import { HttpService } from '@nestjs/axios';
import { Axios, AxiosHeaders, type AxiosAdapter, type AxiosInstance } from 'axios';
import { describe, expect, it } from '@jest/globals';
import { aSecretKey } from '../../../../test/support/library/secret-key.js';
import { StillClock } from '../../test/still-clock.js';
import { resolveConfig } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { reveal } from '../values/secret.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
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
async function clientOf(
  answer: (key: string, sent: number) => Promise<{ status: number; body?: object }>,
) {
  const vault = { keys: [OLD], readings: 0 };
  const sent: string[] = [];
  const adapter: AxiosAdapter = async (config) => {
    const exchange: unknown = Reflect.get(config, 'exchange');
    if (!(exchange instanceof Exchange)) throw new TypeError('Only the GatewayClient may send.');
    const key = String(exchange.open().headers['authorization']).replace('Bearer ', '');
    sent.push(key);
    const { status, body = {} } = await answer(key, sent.length);
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

describe('A write whose key is refused after an attempt that may have arrived', () => {
  const guarded: GatewayCall<unknown> = {
    operation: { method: 'POST', path: '/api/v1/orders', duplicate: [400] },
    requestId: 'order-7',
    body: { amount: 1 },
    decode: (body) => body,
  };

  it('stays unknown where there is no other key: a refusal says nothing of what came before', async () => {
    const { client, sent } = await clientOf(async (_, nth) => ({ status: nth === 1 ? 500 : 401 }));
    const result = await client.send(guarded);
    expect(result).toMatchObject({ kind: 'failed', lookUp: 'perhaps' });
    expect(Reflect.get(result, 'failure')).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(sent).toEqual([OLD, OLD]);
  });

  it('stays unknown where the other key is refused as well, and is sent no more', async () => {
    const gateway = await clientOf(async (_, nth) => ({ status: nth === 1 ? 500 : 401 }));
    gateway.vault.keys = [NEW];
    const { failure } = (await gateway.client.send(guarded)) as { failure?: unknown };
    expect(failure).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(gateway.sent).toEqual([OLD, OLD, NEW]);
  });

  it('is not sent again where the gateway would carry it out twice, whatever the keys', async () => {
    const gateway = await clientOf(async (_, nth) => ({ status: nth === 1 ? 500 : 201 }));
    gateway.vault.keys = [NEW];
    const { maxAttempts: _, ...call } = repeating;
    const { failure } = (await gateway.client.send(call)) as { failure?: unknown };
    expect(failure).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(gateway.sent).toEqual([OLD]);
  });

  it('is unknown and sent no more where the attempt under the new key gets lost', async () => {
    const gateway = await clientOf(async (_, nth) => ({ status: nth === 1 ? 401 : 500 }));
    gateway.vault.keys = [NEW];
    const { maxAttempts: _, ...call } = repeating;
    const { failure } = (await gateway.client.send(call)) as { failure?: unknown };
    expect(failure).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(gateway.sent).toEqual([OLD, NEW]);
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
