import { once } from 'node:events';
import { createServer } from 'node:net';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { createApp } from '../../src/bootstrap.js';
import { CapturedLog } from './captured-log.js';
import { Visitor } from './visitor.js';

/** A shop and the gateway it talks to, both in this process. */
export interface RunningShop {
  readonly url: string;
  readonly sandbox: GlomopaySandbox;
  readonly log: CapturedLog;
  visitor(): Promise<Visitor>;
  close(): Promise<void>;
}

/** Starts a sandbox and a shop that uses it; nothing of either outlives `close`. */
export async function startShop(environment: Record<string, string> = {}): Promise<RunningShop> {
  const sandbox = await GlomopaySandbox.start();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const log = new CapturedLog();
  const app = await createApp({
    logger: log,
    environment: {
      PORT: String(port),
      DATA_DIR: ':memory:',
      GLOMOPAY_SECRET_KEY: sandbox.secretKey,
      GLOMOPAY_BASE_URL: sandbox.url,
      ...environment,
    },
  });
  await app.listen(port);
  return {
    url,
    sandbox,
    log,
    visitor: () => Visitor.at(url),
    close: async () => {
      await app.close();
      await sandbox.stop();
    },
  };
}

/** A port nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) {
    throw new Error('The system gave no port');
  }
  return address.port;
}
