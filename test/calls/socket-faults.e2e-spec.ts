import { describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { anOrderBody, aPageBody, aPaymentBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary } from '../support/library/open-library.js';
import { RawServer } from '../support/library/raw-server.js';
import { anOrder, aPayment } from '../support/library/requests.js';
import { socketFaults } from '../support/library/socket-faults.js';
import { until } from '../support/until.js';

const opened = cleanUp();
const faults = Object.entries(socketFaults);

describe.each(faults)('after %s', (_, behaviour) => {
  it('a payment without requestId is unknown, and was sent once', async () => {
    const server = opened(await RawServer.start(behaviour));
    const { payments } = opened(await openLibrary(server.url));
    const failure = await failureOf(payments.create(aPayment()));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 1,
      requestId: undefined,
    });
    expect(server.connections).toBe(1);
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  it('a payment with requestId is sent again under the same one, and then unknown', async () => {
    const server = opened(await RawServer.start(behaviour));
    const { payments } = opened(await openLibrary(server.url));
    const failure = await failureOf(payments.create(aPayment({ requestId: 'shop-77' })));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      requestId: 'shop-77',
      attempts: 3,
    });
    const creates = server.requests.filter((request) => request.startsWith('POST '));
    expect(creates.length).toBeLessThanOrEqual(3);
    for (const create of creates) expect(create).toContain('"request_id":"shop-77"');
  });

  it('a read is tried three times', async () => {
    const server = opened(await RawServer.start(behaviour));
    const { payments } = opened(await openLibrary(server.url));
    const failure = await failureOf(payments.get('payt_691eeb9aV79Uk'));
    expect(failure).toMatchObject({ outcome: 'unknown' });
    expect(server.connections).toBe(3);
  });
});

/** A port of this machine on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a payment without requestId that provably never left', () => {
  it('is tried three times on a refused port, and not_sent', async () => {
    const library = opened(await openLibrary(`http://127.0.0.1:${await deadPort()}`));
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_UNREACHABLE',
      outcome: 'not_sent',
      attempts: 3,
      cause: { code: 'ECONNREFUSED', syscall: 'connect', name: 'Error' },
    });
  });

  it('is not_sent where every address of a name refuses', async () => {
    const library = opened(await openLibrary(`http://localhost:${await deadPort()}`));
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_UNREACHABLE',
      outcome: 'not_sent',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('is not_sent where the name does not exist', async () => {
    const library = opened(await openLibrary('https://gateway.invalid'));
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_UNREACHABLE',
      outcome: 'not_sent',
      cause: { syscall: 'getaddrinfo' },
    });
  });

  it('is sent once the port is open again', async () => {
    const port = await deadPort();
    const library = opened(await openLibrary(`http://127.0.0.1:${port}`));
    const late = createServer((socket) => {
      const body = JSON.stringify(anOrderBody());
      socket.once('data', () =>
        socket.end(`HTTP/1.1 201 Created\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
      );
    });
    const listening = new Promise<void>((resolve) =>
      library.clock.onPause(() => {
        late.listen(port, '127.0.0.1', () => resolve());
        return listening;
      }),
    );
    const order = await library.orders.create(anOrder());
    expect(order).toMatchObject({ id: 'order_68c00b7btsthf', replayed: false });
    await new Promise((resolve) => late.close(resolve));
  });

  it('is unknown where a plain server answers the handshake', async () => {
    const server = opened(await RawServer.start((socket) => void socket.write('HTTP/1.1 400\r\n')));
    const library = opened(await openLibrary(`https://127.0.0.1:${server.port}`));
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ outcome: 'unknown', attempts: 1 });
    expect(server.requests).toEqual([]);
  });

  it('is unknown where a TLS server shares no version or cipher', async () => {
    const tls = createTlsServer({ minVersion: 'TLSv1.2' });
    tls.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', () => resolve()));
    const { port } = tls.address() as AddressInfo;
    const library = opened(await openLibrary(`https://127.0.0.1:${port}`));
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ outcome: 'unknown', attempts: 1 });
    await new Promise((resolve) => tls.close(resolve));
  });
});

describe('a connection that the gateway closes between two calls', () => {
  it('is replaced without the second call noticing', async () => {
    const body = JSON.stringify(aPaymentBody());
    let closed = false;
    const server = opened(
      await RawServer.start((socket, request) => {
        if (request === undefined) return;
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
        setTimeout(() => socket.destroy(), 10);
        socket.once('close', () => (closed = true));
      }),
    );
    const { payments } = opened(await openLibrary(server.url));
    await payments.get('payt_691eeb9aV79Uk');
    await until(() => closed);
    // The client hears of it a turn of the loop later.
    await new Promise((resolve) => setTimeout(resolve, 60));
    await payments.get('payt_691eeb9aV79Uk');
    expect(server.connections).toBe(2);
  });

  it('is used for the next call while it is open', async () => {
    const body = JSON.stringify(aPageBody([]));
    const server = opened(
      await RawServer.start((socket, request) => {
        if (request === undefined) return;
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      }),
    );
    const { orders } = opened(await openLibrary(server.url));
    for (let call = 0; call < 5; call += 1) await orders.list();
    expect(server.connections).toBe(1);
    expect(server.requests).toHaveLength(5);
  });
});
