import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { platforms, send } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { anOperationsHost, type OperationsHost, PASS } from './operations-host.js';

const HEADERS = { ...PASS, 'content-type': 'application/json' };
const wish = () =>
  JSON.stringify({
    account: 'default',
    from: new Date(Date.now() - 3_600_000).toISOString(),
    repair: true,
  });

describe.each(platforms)('A comparison that somebody waits for on %s', (platform) => {
  let gateway: Server;
  let asked: number;
  let host: OperationsHost;
  let isClosed: boolean;

  beforeEach(async () => {
    // A gateway that takes its time: for ever.
    asked = 0;
    gateway = createServer(() => {
      asked += 1;
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const { port } = gateway.address() as AddressInfo;
    host = await anOperationsHost(platform, { baseUrl: `http://127.0.0.1:${port}` });
    isClosed = false;
  });
  afterEach(async () => {
    if (!isClosed) await host.close();
    gateway.closeAllConnections();
    gateway.close();
  });

  const path = '/operations/api/reconciliation';
  const begin = async () => {
    const outgoing = request({
      host: '127.0.0.1',
      port: host.port,
      path,
      method: 'POST',
      headers: HEADERS,
      agent: false,
    });
    outgoing.on('error', () => undefined);
    outgoing.end(wish());
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [line] = await once(incoming, 'data');
    return { outgoing, incoming, line: JSON.parse(String(line)) };
  };
  const last = async () =>
    JSON.parse((await send(host.port, `${path}?account=default`, { headers: PASS })).body).last;

  it('tells how far it is at once, and lets no second one begin beside it', async () => {
    const { outgoing, line } = await begin();
    expect(line).toMatchObject({ type: 'progress', summary: { compared: 0 } });
    const second = await send(host.port, path, { method: 'POST', headers: HEADERS, body: wish() });
    expect(second.status).toBe(409);
    expect(JSON.parse(second.body)).toMatchObject({ code: 'GLOMOPAY_OPERATIONS_BUSY' });
    expect(await last()).toMatchObject({ state: 'running', by: 'asha' });
    outgoing.destroy();
  });

  it('ends when its reader goes, the call to the gateway with it, and another one may begin', async () => {
    const { outgoing } = await begin();
    await until(() => asked > 0);
    outgoing.destroy();
    await until(async () => (await last()).state === 'cancelled');
    const again = await begin();
    expect(again.incoming.statusCode).toBe(200);
    again.outgoing.destroy();
  });

  it('ends when the application does', async () => {
    const { incoming } = await begin();
    const ended = once(incoming, 'close');
    const closing = host.close();
    isClosed = true;
    await Promise.all([ended, closing]);
  });
});
