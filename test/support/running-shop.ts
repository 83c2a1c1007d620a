import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { createApp } from '../../src/bootstrap.js';
import { WEBHOOK_PATH } from '../../src/payment-events/webhook-path.js';
import { CapturedLog } from './captured-log.js';
import { type ShopData, sqliteData } from './shop-data.js';
import { Visitor } from './visitor.js';

/** One process of a shop would do the same: an application that listens. */
export interface ShopProcess {
  readonly url: string;
  readonly app: INestApplication;
  readonly log: CapturedLog;
}

/** A shop and the gateway it talks to, both in this process. */
export interface RunningShop extends ShopProcess {
  readonly sandbox: GlomopaySandbox;
  readonly data: ShopData;
  visitor(): Promise<Visitor>;
  /** From here on the gateway posts its webhooks to the shop. */
  hearWebhooks(): void;
  /** A body as the gateway would send it, with its signature. */
  signed(body: string): [Buffer, string];
  /** A second process of the same shop, on the same data and the same public address. */
  second(environment?: Record<string, string>): Promise<ShopProcess>;
  close(): Promise<void>;
}

/** No round of the sweeper begins within a test by itself. */
export const sweepsOnDemand = { SWEEP_EVERY_MS: '3600000', SWEEP_FIRST_CHECK_MS: '0' } as const;

/** Starts a sandbox and a shop that uses it; nothing of either outlives `close`. */
export async function startShop(
  environment: Record<string, string> = {},
  opening: Promise<ShopData> = sqliteData(),
): Promise<RunningShop> {
  const [data, sandbox] = await Promise.all([opening, GlomopaySandbox.start()]);
  const gateway = {
    ...data.environment,
    GLOMOPAY_SECRET_KEY: sandbox.secretKey,
    GLOMOPAY_BASE_URL: sandbox.url,
    GLOMOPAY_WEBHOOK_SECRET: sandbox.webhookSecret,
    ...environment,
  };
  const processes: ShopProcess[] = [];
  const first = await startProcess(gateway);
  processes.push(first);
  return {
    ...first,
    sandbox,
    data,
    visitor: () => Visitor.at(first.url),
    hearWebhooks: () => {
      sandbox.webhooks.endpoints = [first.url + WEBHOOK_PATH];
    },
    signed: (body) => {
      const signature = createHmac('sha256', sandbox.webhookSecret).update(body).digest('hex');
      return [Buffer.from(body), signature];
    },
    second: async (more = {}) => {
      const second = await startProcess({ ...gateway, PUBLIC_URL: first.url, ...more });
      processes.push(second);
      return second;
    },
    close: async () => {
      await Promise.all(processes.map(({ app }) => app.close()));
      await sandbox.stop();
      await data.remove();
    },
  };
}

/** Between the look for a free port and the shop that listens on it, another process may take it. */
const TRIES = 5;

async function startProcess(
  environment: Record<string, string>,
  tries = TRIES,
): Promise<ShopProcess> {
  const port = await freePort();
  const log = new CapturedLog();
  const app = await createApp({ logger: log, environment: { PORT: String(port), ...environment } });
  try {
    await app.listen(port);
  } catch (thrown) {
    await app.close();
    if (Reflect.get(Object(thrown), 'code') !== 'EADDRINUSE' || tries === 1) throw thrown;
    return startProcess(environment, tries - 1);
  }
  return { url: `http://localhost:${port}`, app, log };
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
