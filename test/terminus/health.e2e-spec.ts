import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { GlomopayModule } from 'nestjs-glomopay';
import { GlomopayHealthIndicator } from 'nestjs-glomopay/terminus';
import { expectNoSecrets } from 'nestjs-glomopay/testing';
import { aPageBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { Recorder } from '../support/library/recorder.js';
import { platforms } from '../support/nest-host.js';
import { startHealthHost } from './health-host.js';

const opened = cleanUp();

async function aSandbox(): Promise<GlomopaySandbox> {
  return opened(await GlomopaySandbox.start());
}

describe.each(platforms)('GlomopayHealthIndicator on %s', (platform) => {
  it('is up while the gateway accepts the key, and says how fast it answers', async () => {
    const { url, secretKey } = await aSandbox();
    const host = opened(await startHealthHost(platform, { secretKey, baseUrl: url }));
    const { status, glomopay } = await host.probe();
    expect(status).toBe(200);
    expect(glomopay).toEqual({
      status: 'up',
      keyAccepted: true,
      latencyMs: expect.any(Number),
      problems: [],
    });
    expect(glomopay['latencyMs']).toBeGreaterThanOrEqual(0);
  });

  it('asks for customers only, once, however many probes come', async () => {
    const sandbox = await aSandbox();
    const { url, secretKey } = sandbox;
    const host = opened(await startHealthHost(platform, { secretKey, baseUrl: url }));
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async () => (await host.probe()).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const asked = sandbox.requests.list().map(({ method, route }) => `${method} ${route}`);
    expect(asked).toEqual(['GET /api/v1/customer']);
  });

  it('is down when the key is refused, and shows neither key nor text of the gateway', async () => {
    const sandbox = await aSandbox();
    const { url, secretKey } = sandbox;
    const host = opened(await startHealthHost(platform, { secretKey, baseUrl: url }));
    await sandbox.rotateKey();
    const { status, text, glomopay } = await host.probe();
    expect(status).toBe(503);
    expect(glomopay).toMatchObject({
      status: 'down',
      keyAccepted: false,
      problems: ['key_refused'],
    });
    expect(Object.keys(glomopay).toSorted()).toEqual([
      'keyAccepted',
      'latencyMs',
      'problems',
      'status',
    ]);
    expectNoSecrets({ text, logs: host.log.lines }, { key: [secretKey, sandbox.webhookSecret] });
  });
});

describe('GlomopayHealthIndicator', () => {
  it('asks for a list that is empty, so that no personal data travels', async () => {
    const gateway = opened(await Recorder.start({ body: aPageBody([]) }));
    const host = opened(
      await startHealthHost('express', { secretKey: 'a-secret-key', baseUrl: gateway.url }),
    );
    await host.probe();
    expect(gateway.calls()).toHaveLength(1);
    const asked = new URL(gateway.requests[0]?.path ?? '', gateway.url);
    expect(asked.pathname).toBe('/api/v1/customer');
    expect(Object.fromEntries(asked.searchParams)).toEqual({ per_page: '1', before: '2000-01-01' });
  });

  it('gets no customer from the sandbox, which has one', async () => {
    const sandbox = await aSandbox();
    expect(sandbox.customers.list()).not.toHaveLength(0);
    const response = await fetch(`${sandbox.url}/api/v1/customer?per_page=1&before=2000-01-01`, {
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
    });
    expect(await response.json()).toMatchObject({ data: [] });
  });

  it.each([
    [403, { status: 503, keyAccepted: false, problems: ['access_refused'] }],
    [429, { status: 200, keyAccepted: null, problems: ['rate_limited'] }],
    [400, { status: 200, keyAccepted: null, problems: ['unexpected_answer'] }],
    [503, { status: 503, keyAccepted: null, problems: ['gateway_unavailable'] }],
    [302, { status: 503, keyAccepted: null, problems: ['gateway_unavailable'] }],
  ])('judges an answer of %i', async (answered, { status, ...shown }) => {
    const gateway = opened(await Recorder.start({ status: answered, body: { message: 'no' } }));
    const host = opened(
      await startHealthHost('express', { secretKey: 'a-secret-key', baseUrl: gateway.url }),
    );
    const answer = await host.probe();
    expect(answer.status).toBe(status);
    expect(answer.glomopay).toMatchObject(shown);
  });

  it('is down without a usable answer in time, or only shows it', async () => {
    const gateway = opened(await Recorder.start(() => undefined));
    const host = opened(
      await startHealthHost('express', { secretKey: 'a-secret-key', baseUrl: gateway.url }),
    );
    const down = await host.probe({ timeoutMs: 100, cacheMs: 0 });
    expect([down.status, down.glomopay['problems']]).toEqual([503, ['gateway_unavailable']]);
    const shown = await host.probe({ timeoutMs: 100, cacheMs: 0, gatewayOutage: 'shown' });
    expect([shown.status, shown.glomopay['status']]).toEqual([200, 'up']);
    expect(shown.glomopay['problems']).toEqual(['gateway_unavailable']);
  });

  it('looks again when the last look counts no longer', async () => {
    const sandbox = await aSandbox();
    const { url, secretKey } = sandbox;
    const host = opened(await startHealthHost('express', { secretKey, baseUrl: url }));
    expect((await host.probe({ cacheMs: 60_000 })).status).toBe(200);
    await sandbox.rotateKey();
    expect((await host.probe({ cacheMs: 60_000 })).status).toBe(200);
    await setTimeout(5);
    expect((await host.probe({ cacheMs: 1 })).status).toBe(503);
  });

  it('looks at each account with its own key', async () => {
    const [one, other] = [await aSandbox(), await aSandbox()];
    const emea = GlomopayModule.forRoot({
      name: 'emea',
      secretKey: other.secretKey,
      baseUrl: other.url,
    });
    const host = opened(
      await startHealthHost('fastify', { secretKey: one.secretKey, baseUrl: one.url }, [emea]),
    );
    await other.rotateKey();
    expect((await host.probe()).glomopay).toMatchObject({ keyAccepted: true });
    expect((await host.probe({ name: 'emea' })).glomopay).toMatchObject({ keyAccepted: false });
    expect([one.requests.list().length, other.requests.list().length]).toEqual([1, 1]);
  });

  it('does not pass for an account that is not there', async () => {
    const { url, secretKey } = await aSandbox();
    const host = opened(await startHealthHost('express', { secretKey, baseUrl: url }));
    await expect(
      host.app.get(GlomopayHealthIndicator).isHealthy('glomopay', { name: 'apac' }),
    ).rejects.toMatchObject({ code: 'GLOMOPAY_ACCOUNT_UNKNOWN' });
    expect((await host.probe({ name: 'apac' })).status).toBe(500);
  });
});
