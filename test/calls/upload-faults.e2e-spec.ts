import { describe, expect, it } from '@jest/globals';
import { appendFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { aDocumentBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failureOf } from '../support/library/failure-of.js';
import { holdLimits, limitsPass } from '../support/library/held-limits.js';
import { openLibrary } from '../support/library/open-library.js';
import { RawServer } from '../support/library/raw-server.js';
import { LARGEST, pdfBytes, testFiles, timesOpen } from '../support/library/test-files.js';
import { UploadServer, whole, type Receive } from '../support/library/upload-server.js';
import { until } from '../support/until.js';

const opened = cleanUp();
const aFile = testFiles();
const names = { fileName: 'passport-of-jane.pdf', documentName: 'Passport of Jane' };

const REFUSAL = JSON.stringify({ error: 'Payload Too Large', message: 'File is too large' });
const HEAD = 'HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/json\r\n';
const EARLY = `${HEAD}content-length: ${REFUSAL.length}\r\n\r\n${REFUSAL}`;

/** Takes the first piece, and no more. */
function stalling(begun: (incoming: Parameters<Receive>[0]) => void): Receive {
  return (incoming) =>
    void incoming.once('data', () => {
      incoming.pause();
      begun(incoming);
    });
}

describe('an answer that comes while the file is still sent', () => {
  it.each<[string, (socket: Parameters<Parameters<typeof RawServer.start>[0]>[0]) => void]>([
    ['and the connection stays open', (socket) => void socket.write(EARLY)],
    ['and the connection is closed', (socket) => void socket.end(EARLY)],
    [
      'and the connection is reset',
      // Not in the same turn of the loop: this server and the client have one between them.
      (socket) => void socket.write(EARLY, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    ],
    [
      'and the connection is reset within its text',
      (socket) =>
        void socket.write(`${HEAD}content-length: 400\r\n\r\n{"mess`, () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        ),
    ],
    ['without a length', (socket) => void socket.end(`${HEAD}connection: close\r\n\r\n${REFUSAL}`)],
  ])('is the answer: a 413 %s', async (_, refuse) => {
    const { path, blob } = await aFile(LARGEST);
    const server = opened(
      await RawServer.start((socket, request) => {
        if (request === undefined) socket.once('data', () => refuse(socket.pause()));
      }),
    );
    const { documents } = opened(await openLibrary(server.url));
    for (let round = 1; round <= 5; round += 1) {
      const failure = await failureOf(documents.upload({ file: blob, ...names }));
      expect(failure).toMatchObject({ code: 'GLOMOPAY_API', outcome: 'rejected', status: 413 });
      // The half-sent file would be read as the next request of this connection.
      expect(server.connections).toBe(round);
    }
    expect(await timesOpen(path)).toBe(0);
  });

  it('is the document when it is one', async () => {
    const { blob } = await aFile(LARGEST);
    const server = opened(
      await UploadServer.start((_, response) => {
        response.writeHead(201);
        response.end(JSON.stringify(aDocumentBody()));
      }),
    );
    const { documents } = opened(await openLibrary(server.url));
    expect(await documents.upload({ file: blob, ...names })).toMatchObject({
      id: 'doc_nYUqLpuYQ0M8',
    });
  });
});

describe('an upload without an answer', () => {
  holdLimits();

  it.each<[string, Parameters<typeof RawServer.start>[0]]>([
    [
      'a close in the middle',
      (socket, request) =>
        request ?? void socket.once('data', () => void sleep(5).then(() => socket.end())),
    ],
    [
      'a reset in the middle',
      (socket, request) => request ?? void socket.once('data', () => socket.resetAndDestroy()),
    ],
    ['a close at the end', (socket, request) => void (request && socket.destroy())],
  ])('is sent again after %s, and is unknown in the end', async (_, behaviour) => {
    const { path, blob } = await aFile(1_000_000);
    const server = opened(await RawServer.start(behaviour));
    const { documents } = opened(await openLibrary(server.url));
    const failure = await failureOf(documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 3,
      message: expect.stringContaining('no harm'),
    });
    expect(server.connections).toBe(3);
    expect(await timesOpen(path)).toBe(0);
  });

  it('ends with its time limit, and leaves no file open', async () => {
    const { path, blob } = await aFile(LARGEST);
    const server = opened(await UploadServer.start(stalling(() => limitsPass())));
    const { documents } = opened(await openLibrary(server.url));
    const failure = await failureOf(documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', attempts: 3 });
    expect(server.uploads.every(({ bytes }) => bytes < LARGEST)).toBe(true);
    expect(await timesOpen(path)).toBe(0);
  });

  it('ends with its signal, and leaves no file and no connection open', async () => {
    const { path, blob } = await aFile(LARGEST);
    const controller = new AbortController();
    let closed = false;
    const server = opened(
      await UploadServer.start(
        stalling(({ socket }) => {
          socket.once('close', () => (closed = true));
          controller.abort();
        }),
      ),
    );
    const { documents } = opened(await openLibrary(server.url));
    const { signal } = controller;
    const failure = await failureOf(documents.upload({ file: blob, ...names }, { signal }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', attempts: 1 });
    await until(() => closed);
    expect(await timesOpen(path)).toBe(0);
  });

  it('has a second for each 100 kB, unless the caller has set a limit', async () => {
    const { blob } = await aFile(1_000_000);
    const slow: Receive = (incoming, response) =>
      void incoming.on('end', () => {
        limitsPass(9_000);
        response.writeHead(201).end(JSON.stringify(aDocumentBody()));
      });
    const server = opened(await UploadServer.start(slow));
    const limits = { timeoutMs: 5_000, deadlineMs: 8_000 };
    const library = opened(await openLibrary(server.url, { options: limits }));
    const upload = { file: blob, ...names };
    expect(await library.documents.upload(upload)).toMatchObject({ status: 'uploaded' });
    const failure = await failureOf(library.documents.upload(upload, limits));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });
});

describe('a file that changes', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['shrinks', (path) => truncate(path, 500_000)],
    ['is emptied', (path) => truncate(path, 0)],
    ['is deleted', (path) => rm(path)],
    ['grows', (path) => appendFile(path, 'more')],
    ['is written anew', (path) => writeFile(path, pdfBytes(LARGEST).toReversed())],
  ])('while it is sent makes the outcome unknown: it %s', async (_, change) => {
    const { path, blob } = await aFile(LARGEST);
    const server = opened(
      await UploadServer.start(
        stalling((incoming) => void change(path).then(() => incoming.resume())),
      ),
    );
    const { documents } = opened(await openLibrary(server.url));
    const failure = await failureOf(documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 1,
      message: expect.stringContaining('the file was changed or removed while it was sent'),
      cause: { name: 'NotReadableError' },
    });
    expect(server.uploads).toHaveLength(1);
    expect(server.uploads[0]?.bytes).toBeLessThan(LARGEST);
    // Who changes it may still have it open.
    await until(async () => (await timesOpen(path)) === 0);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['shrinks', (path) => truncate(path, 10)],
    ['is deleted', (path) => rm(path)],
  ])('before the call is not sent: it %s', async (_, change) => {
    const { path, blob } = await aFile(1_000);
    const server = opened(await UploadServer.start(whole(201, aDocumentBody())));
    const { documents } = opened(await openLibrary(server.url));
    await change(path);
    const failure = await failureOf(documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      outcome: 'not_sent',
      violations: [{ path: 'file', rule: 'isReadable' }],
    });
    expect(failure.message).not.toContain(path);
    expect(server.connections).toBe(0);
  });

  it('between attempts that never left is not sent', async () => {
    const { path, blob } = await aFile(1_000);
    const port = await deadPort();
    const library = opened(await openLibrary(`http://127.0.0.1:${port}`));
    let server: RawServer | undefined;
    library.clock.onPause(async () => {
      await rm(path, { force: true });
      server ??= opened(await RawServer.start(() => undefined, port));
    });
    const failure = await failureOf(library.documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: [{ path: 'file', rule: 'isReadable' }],
    });
    expect(server?.requests).toEqual([]);
  });

  it('after an attempt that may have arrived keeps what is known of that one', async () => {
    const { path, blob } = await aFile(1_000);
    const server = opened(await UploadServer.start(whole(503, { message: 'busy' })));
    const library = opened(await openLibrary(server.url));
    library.clock.onPause(() => rm(path, { force: true }));
    const failure = await failureOf(library.documents.upload({ file: blob, ...names }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', status: 503 });
    expect(server.uploads).toHaveLength(1);
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
