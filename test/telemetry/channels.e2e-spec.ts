import { channel, tracingChannel, type ChannelListener } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { GlomopayModule, OrdersService } from 'nestjs-glomopay';
import { publishCallback } from '../../libs/nestjs-glomopay/src/diagnostics/callback-message.js';
import { publishEvent } from '../../libs/nestjs-glomopay/src/diagnostics/event-message.js';
import { publishKeys } from '../../libs/nestjs-glomopay/src/diagnostics/keys-message.js';
import { publishOutcome } from '../../libs/nestjs-glomopay/src/diagnostics/outcome-message.js';
import { publishRetention } from '../../libs/nestjs-glomopay/src/diagnostics/retention-message.js';
import { publishWebhook } from '../../libs/nestjs-glomopay/src/diagnostics/webhook-message.js';
import { anOrderBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { Recorder } from '../support/library/recorder.js';
import { anOrder } from '../support/library/requests.js';
import { aSecretKey } from '../support/library/secret-key.js';

const opened = cleanUp();
const calls = tracingChannel('nestjs-glomopay:call');
type Told = readonly [event: string, message: Readonly<Record<string, unknown>>];

/** The services without `init()`: nothing of the library itself listens. */
async function orders(gateway: Recorder): Promise<OrdersService> {
  const secretKey = aSecretKey();
  const module = await Test.createTestingModule({
    imports: [
      GlomopayModule.forRoot({ secretKey, baseUrl: gateway.url, retry: { baseDelayMs: 1 } }),
    ],
  }).compile();
  return module.get(OrdersService);
}

describe('The channel nestjs-glomopay:call', () => {
  const told: Told[] = [];
  const keep = (event: string) => (message: object) => void told.push([event, message as Told[1]]);
  const listeners = {
    start: keep('start'),
    end: keep('end'),
    asyncStart: keep('asyncStart'),
    asyncEnd: keep('asyncEnd'),
    error: keep('error'),
  };
  afterEach(() => {
    calls.unsubscribe(listeners);
    told.length = 0;
  });

  it('tells the start and the end of a call as frozen data of one call', async () => {
    const gateway = opened(await Recorder.start({ body: anOrderBody() }));
    calls.subscribe(listeners);
    await (await orders(gateway)).create(anOrder({ requestId: 'shop-1' }));
    const [[, start] = [], [, end] = []] = told;
    expect(told.map(([event]) => event)).toEqual(['start', 'asyncEnd']);
    expect(start).toEqual({
      method: 'POST',
      path: '/api/v1/orders',
      account: 'default',
      serverAddress: '127.0.0.1',
      serverPort: Number(new URL(gateway.url).port),
      id: undefined,
      requestId: 'shop-1',
    });
    expect(end).toEqual({
      call: start,
      outcome: 'ok',
      attempts: 1,
      retries: [],
      status: 200,
      fault: undefined,
      errorCode: undefined,
      durationMs: expect.any(Number),
    });
    expect(end?.['call']).toBe(start);
    expect([start, end, end?.['retries']].every((part) => Object.isFrozen(part))).toBe(true);
  });

  it('tells an error before the end, with what the caller is thrown', async () => {
    const gateway = opened(await Recorder.start({ status: 400, body: { message: 'no' } }));
    calls.subscribe(listeners);
    await expect((await orders(gateway)).create(anOrder())).rejects.toThrow('400');
    expect(told.map(([event]) => event)).toEqual(['start', 'error', 'asyncEnd']);
    expect(told[1]?.[1]).toMatchObject({
      outcome: 'rejected',
      status: 400,
      fault: 'rejected',
      errorCode: 'GLOMOPAY_API',
    });
  });

  it.each([
    ['a refused connection', 'no_connection', 'not_sent', undefined],
    ['an answer that is not JSON', 'malformed', 'unknown', 200],
    ['a broken connection', 'connection_lost', 'unknown', undefined],
    ['a server error', 'status', 'unknown', 503],
    ['a redirect', 'status', 'unknown', 307],
  ])('calls %s by its name: %s', async (cause, fault, outcome, status) => {
    const gateway = opened(await Recorder.start());
    if (cause === 'an answer that is not JSON') gateway.always({ body: '<html>' });
    if (cause === 'a broken connection') gateway.always((_, { socket }) => void socket?.destroy());
    if (cause === 'a server error') gateway.always({ status: 503 });
    if (cause === 'a redirect') gateway.always({ status: 307 });
    const service = await orders(gateway);
    if (cause === 'a refused connection') await gateway.stop();
    calls.subscribe(listeners);
    await expect(service.create(anOrder())).rejects.toThrow();
    expect(told.at(-1)).toMatchObject(['asyncEnd', { fault, outcome, status }]);
  });

  it('tells nothing of a request that breaks a rule: it is no call', async () => {
    const gateway = opened(await Recorder.start());
    calls.subscribe(listeners);
    await expect((await orders(gateway)).create(anOrder({ amount: -1 }))).rejects.toThrow();
    expect(told).toEqual([]);
  });

  it('says nothing to those who come later, when nobody listened at the start', async () => {
    const gateway = opened(await Recorder.start());
    gateway.always((_, response) => {
      calls.subscribe(listeners);
      response.end(JSON.stringify(anOrderBody()));
    });
    await (await orders(gateway)).get('order_68c00b7btsthf');
    expect(told).toEqual([]);
  });
});

describe('The other channels', () => {
  const publishers = {
    'nestjs-glomopay:callback': publishCallback,
    'nestjs-glomopay:webhook': publishWebhook,
    'nestjs-glomopay:event': publishEvent,
    'nestjs-glomopay:outcome': publishOutcome,
    'nestjs-glomopay:keys': publishKeys,
    'nestjs-glomopay:retention': publishRetention,
  } as const;
  const names = Object.keys(publishers) as (keyof typeof publishers)[];

  it.each(names)('%s reads nothing of a message that nobody listens to', (name) => {
    let reads = 0;
    const message = new Proxy(Object(null), { get: () => (reads += 1) });
    publishers[name](message);
    expect(reads).toBe(0);
    const listener = () => undefined;
    channel(name).subscribe(listener);
    publishers[name](message);
    channel(name).unsubscribe(listener);
    expect(reads).toBeGreaterThan(0);
  });

  it.each(names)('%s passes on frozen data with the documented members and no others', (name) => {
    const told: object[] = [];
    const listener: ChannelListener = (message) => void told.push(Object(message));
    channel(name).subscribe(listener);
    publishers[name](Object({ account: 'default', card: '4111111111111111' }));
    channel(name).unsubscribe(listener);
    expect(told).toHaveLength(1);
    expect(Object.isFrozen(told[0])).toBe(true);
    expect(JSON.stringify(told)).toContain('default');
    expect(JSON.stringify(told)).not.toContain('4111');
  });
});
