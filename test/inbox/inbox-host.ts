import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import Database from 'libsql';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  type GlomopayTrackingOptions,
  type GlomopayTrackingRegistration,
} from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import type { FastClock } from '../support/library/fast-clock.js';
import { withClock } from '../support/with-clock.js';
import {
  type Answer,
  type NestHost,
  type Platform,
  send,
  startNestHost,
  type Starting,
} from '../support/nest-host.js';

export const SECRET = 'whsec_of_these_tests_1f0c2e';
export const ROUTE = '/webhooks/glomopay';

/** A running application with the ready-made route, and its database. */
export interface InboxHost extends NestHost {
  readonly database: Database.Database;
  /** Posts bytes as they are. */
  post(body: Buffer, headers?: Record<string, string | string[]>, to?: string): Promise<Answer>;
  /** Posts an event as the gateway would. */
  deliver(event: object): Promise<Answer>;
}

export interface InboxHostParts extends ModuleMetadata, Omit<Starting, 'options'> {
  readonly tracking?: Partial<GlomopayTrackingOptions> & GlomopayTrackingRegistration;
  readonly gateway?: { readonly secretKey: string; readonly baseUrl: string };
  /** Null: none. */
  readonly secret?: string | null;
  readonly rawBody?: boolean;
  /** The account's time. @defaultValue the machine's */
  readonly clock?: FastClock;
}

export async function startInboxHost(
  platform: Platform,
  {
    tracking,
    gateway,
    secret = SECRET,
    rawBody = false,
    clock,
    http,
    prepare,
    ...parts
  }: InboxHostParts = {},
): Promise<InboxHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inbox-'));
  const open = () => new Database(path.join(folder, 'host.db'));
  const database = open();
  database.exec('CREATE TABLE effects (handler TEXT NOT NULL, event TEXT NOT NULL)');
  const account = GlomopayModule.forRoot({
    secretKey: 'a-secret-key',
    ...(secret !== null && { webhookSecret: secret }),
    callbackUrl: 'https://shop.example/payment/callback',
    retry: { baseDelayMs: 10, maxDelayMs: 50 },
    ...gateway,
  });
  const metadata: ModuleMetadata = {
    ...parts,
    imports: [
      clock === undefined ? account : withClock(account, clock),
      GlomopayTrackingModule.forRoot({
        store: new SqliteTrackingStore(open),
        sweep: { everyMs: 0, firstCheckMs: 0 },
        webhooks: { path: ROUTE },
        ...tracking,
        inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 50, ...tracking?.inbox },
      }),
      ...(parts.imports ?? []),
    ],
  };
  const host = await startNestHost(platform, metadata, { options: { rawBody }, http, prepare });
  const post: InboxHost['post'] = (body, headers = {}, to = ROUTE) =>
    send(host.port, to, { method: 'POST', headers, body });
  return {
    ...host,
    database,
    post,
    deliver: (event) => {
      const body = Buffer.from(JSON.stringify(event));
      return post(body, signed(body));
    },
    close: async () => {
      await host.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The headers of a genuine delivery. */
export function signed(body: Buffer, secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { 'content-type': 'application/json', 'x-glomopay-signature': signature };
}
