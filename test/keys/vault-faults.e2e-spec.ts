import { channel, type ChannelListener } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import {
  CallbackVerifier,
  GlomopayApiError,
  GlomopayKeys,
  type GlomopayKeysGiven,
  MocksService,
  OrdersService,
} from 'nestjs-glomopay';
import { anOrderBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { Recorder } from '../support/library/recorder.js';
import { anOrder } from '../support/library/requests.js';
import { aSecretKey } from '../support/library/secret-key.js';
import { until } from '../support/until.js';
import { startKeyHost } from './key-host.js';
import { Vault } from './vault.js';

const opened = cleanUp();
const [OLD, NEW] = [aSecretKey('of-yesterday'), aSecretKey('of-today')];

/** A gateway that accepts one key. */
async function gatewayFor(accepted: () => string): Promise<Recorder> {
  return opened(
    await Recorder.start((request, response) => {
      const isAccepted = request.headers.authorization === `Bearer ${accepted()}`;
      response.statusCode = isAccepted ? 201 : 401;
      // An echo of the key, as a proxy on the way may make one.
      const echo = { message: `denied: ${request.headers.authorization}` };
      response.end(JSON.stringify(isAccepted ? anOrderBody() : echo));
    }),
  );
}

describe('A key that the gateway refuses', () => {
  it('makes one reading for two hundred that are refused at once, and each is sent once more', async () => {
    const calls = 200;
    const held: (() => void)[] = [];
    let accepted = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        const isAccepted = request.headers.authorization === `Bearer ${NEW}`;
        response.statusCode = isAccepted ? 201 : 401;
        const answer = () => response.end(JSON.stringify(isAccepted ? anOrderBody() : {}));
        if (isAccepted) {
          accepted += 1;
          answer();
        } else if (held.push(answer) === calls) held.forEach((each) => each());
      });
    });
    await new Promise<void>((resolve) => {
      server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve);
    });
    opened({ close: async () => void server.close() });
    const vault = new Vault(OLD);
    const { port } = server.address() as AddressInfo;
    const host = opened(
      await startKeyHost('express', {
        secretKey: vault.source,
        baseUrl: `http://127.0.0.1:${port}`,
        timeoutMs: 120_000,
        deadlineMs: 600_000,
      }),
    );
    vault.put(NEW);
    const orders = host.app.get(OrdersService);
    const made = await Promise.all(Array.from({ length: calls }, () => orders.create(anOrder())));
    expect([made.length, held.length, accepted]).toEqual([calls, calls, calls]);
    expect(vault.readings).toBe(2);
  });

  it('is refused for good where the vault has no other, and asks at most every ten seconds', async () => {
    const gateway = await gatewayFor(() => NEW);
    const vault = new Vault(OLD);
    const host = opened(
      await startKeyHost('express', { secretKey: vault.source, baseUrl: gateway.url }),
    );
    const orders = host.app.get(OrdersService);
    for (let call = 1; call <= 20; call += 1) {
      const error = await orders.create(anOrder()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GlomopayApiError);
      expect(error).toMatchObject({ status: 401, outcome: 'rejected' });
      expect(String(Reflect.get(Object(error), 'gatewayMessage'))).not.toContain(OLD);
    }
    expect([vault.readings, gateway.requests.length]).toEqual([2, 20]);
  });

  it('is sent once more and not twice, where the other is refused as well', async () => {
    const gateway = await gatewayFor(() => 'nobody');
    const vault = new Vault(OLD);
    const host = opened(
      await startKeyHost('express', {
        secretKey: vault.source,
        baseUrl: gateway.url,
        keyRotation: { graceMs: 0 },
      }),
    );
    vault.put(NEW);
    const error = await host.app
      .get(OrdersService)
      .create(anOrder())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 401 });
    expect(gateway.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${OLD}`,
      `Bearer ${NEW}`,
    ]);
    // Dropped without grace, and hidden all the same in what an answer to it says.
    expect(JSON.stringify([error, String(error)])).not.toMatch(/of-yesterday|eyJ/);
  });

  it('does not keep a call that its caller has given up', async () => {
    const gateway = await gatewayFor(() => NEW);
    const vault = new Vault(OLD);
    let isHanging = false;
    let isAsked = false;
    const host = opened(
      await startKeyHost('express', {
        secretKey: {
          current: (signal) => {
            isAsked = isHanging;
            return isHanging ? new Promise<never>(() => undefined) : vault.source.current(signal);
          },
        },
        baseUrl: gateway.url,
        keyRotation: { refreshTimeoutMs: 60_000 },
      }),
    );
    isHanging = true;
    const caller = new AbortController();
    const call = host.app.get(OrdersService).create(anOrder(), { signal: caller.signal });
    await until(() => isAsked);
    caller.abort();
    await expect(call).rejects.toMatchObject({ outcome: 'rejected' });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('A vault that is no good', () => {
  const bad: readonly (readonly [string, () => GlomopayKeysGiven | Promise<GlomopayKeysGiven>])[] =
    [
      ['hangs', () => new Promise<never>(() => undefined)],
      ['fails', () => Promise.reject(new Error(`no access to ${NEW}`))],
      ['gives nothing', () => []],
      ['gives a publishable key', () => 'test_6889e287VfqrPVPg'],
      ['gives a key of production', () => NEW.replace(/\.[^.]+\./, `.${productionClaims}.`)],
      ['gives a key that does not say where it belongs', () => 'opaque-key-1f0c2e'],
    ];
  const productionClaims = Buffer.from('{"sub":"x","env":"production"}').toString('base64url');

  it.each(bad)('%s: what worked goes on, and everybody who looks is told', async (_, give) => {
    const gateway = await gatewayFor(() => OLD);
    let giving: () => GlomopayKeysGiven | Promise<GlomopayKeysGiven> = () => OLD;
    const host = opened(
      await startKeyHost('fastify', {
        secretKey: () => giving(),
        baseUrl: gateway.url,
        keyRotation: { refreshTimeoutMs: 50 },
      }),
    );
    const told: object[] = [];
    const listener: ChannelListener = (message) => void told.push(Object(message));
    channel('nestjs-glomopay:keys').subscribe(listener);
    giving = give;
    const keys = host.app.get(GlomopayKeys);
    const { secretKey } = await keys.refresh();
    channel('nestjs-glomopay:keys').unsubscribe(listener);
    expect(secretKey).toMatchObject({ source: 'provider', present: 1, older: 0 });
    expect(secretKey.fault).toMatch(/^secretKey/);
    expect(told).toMatchObject([{ option: 'secretKey', cause: 'asked', result: 'failed' }]);
    expect(host.log.text).toContain('secretKey of the account default was not refreshed');
    expect(await host.callback(OLD)).toBe(200);
    expect((await host.app.get(OrdersService).create(anOrder())).id).toMatch(/^order_/);
    expect(JSON.stringify([secretKey, told, host.log.text])).not.toMatch(/eyJ|opaque|6889e/);
    giving = () => NEW;
    expect((await keys.refresh()).secretKey).toMatchObject({ fault: undefined, older: 1 });
  });

  it('never moves an application from the sandbox to production, or to where mocks would play', async () => {
    const gateway = await gatewayFor(() => OLD);
    const host = opened(
      await startKeyHost('express', { secretKey: () => 'opaque-key-1f0c2e', baseUrl: gateway.url }),
    );
    const mocks = host.app.get(MocksService);
    await expect(mocks.runSettlement()).rejects.toMatchObject({
      code: 'GLOMOPAY_CONFIGURATION',
    });
    const vault = new Vault('opaque-key-1f0c2e');
    const second = opened(
      await startKeyHost('express', { secretKey: vault.source, baseUrl: gateway.url }),
    );
    vault.put(OLD);
    const { secretKey } = await second.app.get(GlomopayKeys).refresh();
    expect(secretKey.fault).toBe('secretKey must stay in the environment of the first keys');
  });
});

describe('Providers of an application', () => {
  it('are followed from its start to its end, each account by itself', async () => {
    const [keys, secrets] = [new Vault(OLD), new Vault('whsec_a1b2c3d4e5f60718')];
    const options = { secretKey: keys.source, webhookSecret: secrets.source };
    const first = await startKeyHost('express', options);
    const second = await startKeyHost('fastify', options);
    expect([keys.listeners, secrets.listeners]).toEqual([2, 2]);
    await first.close();
    expect([keys.listeners, secrets.listeners]).toEqual([1, 1]);
    keys.put(NEW);
    keys.tell();
    await second.app.get(GlomopayKeys).refresh();
    expect([await second.callback(NEW), await second.callback(OLD)]).toEqual([200, 200]);
    await second.close();
    expect([keys.listeners, secrets.listeners]).toEqual([0, 0]);
  });

  it('serve who verifies without HTTP: a verifier says when it has other keys', async () => {
    const vault = new Vault(OLD);
    const host = opened(await startKeyHost('express', { secretKey: vault.source }));
    const verifier = host.app.get(CallbackVerifier);
    expect(await verifier.newKeys()).toBe(false);
    expect(verifier.newKeys()).toBeUndefined();
    vault.put(NEW);
    host.clock.skip(10_000);
    expect(await verifier.newKeys()).toBe(true);
  });
});

describe('A boot whose provider is no good', () => {
  const start = async (options: object) =>
    startKeyHost('express', { secretKey: OLD, ...options }).then(
      async (host) => {
        await host.close();
        return [];
      },
      (thrown: unknown): unknown => Reflect.get(Object(thrown), 'faults'),
    );

  it('fails, with every fault at once and no value', async () => {
    const lost = () => Promise.reject(Object.assign(new Error(NEW), { code: 'ENOENT' }));
    expect(await start({ secretKey: lost, webhookSecret: { current: () => 'too-short' } })).toEqual(
      [
        'secretKey: its provider failed (Error ENOENT)',
        'webhookSecret must hold keys of at least 16 characters',
      ],
    );
    expect(
      await start({
        secretKey: () => new Promise(() => undefined),
        keyRotation: { refreshTimeoutMs: 20 },
      }),
    ).toEqual(['secretKey: its provider has given nothing within 20 ms']);
    expect(await start({ secretKey: () => OLD, environment: 'production' })).toEqual([
      'secretKey must belong to the configured environment (its env claim differs)',
    ]);
  });

  it('asks no provider for options that cannot be used', async () => {
    const vault = new Vault(OLD);
    const options = { secretKey: vault.source, timeoutMs: -1, keyRotation: { graceMs: 1.5 } };
    expect(await start(options)).toEqual([
      'keyRotation.graceMs must be a whole number from 0 to 2592000000',
      'timeoutMs must be a whole number from 1 to 600000',
    ]);
    expect(vault.readings).toBe(0);
  });

  it('fails where a source does not let itself be followed', async () => {
    const onChange = () => {
      throw new RangeError(NEW);
    };
    expect(await start({ secretKey: { current: () => OLD, onChange } })).toEqual([
      'secretKey: onChange of its provider failed (RangeError)',
    ]);
  });
});
