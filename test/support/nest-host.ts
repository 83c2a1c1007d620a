import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  type INestApplication,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CapturedLog } from './captured-log.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is sent; an undefined header is left out. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Uint8Array;
}

/** A running application that listens on a port of its own. */
export interface NestHost {
  readonly app: INestApplication;
  readonly log: CapturedLog;
  readonly port: number;
  close(): Promise<void>;
}

/** How an application is started beside its module. */
export interface Starting {
  readonly options?: NestApplicationOptions;
  /** The server's adapter, prepared. */
  readonly http?: ExpressAdapter | FastifyAdapter | undefined;
  readonly prepare?: ((app: INestApplication) => void | Promise<void>) | undefined;
}

export function adapterOf(platform: Platform): ExpressAdapter | FastifyAdapter {
  return platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
}

/** Rejects when the application does not start; it is closed then. */
export async function startNestHost(
  platform: Platform,
  metadata: ModuleMetadata,
  { options, http = adapterOf(platform), prepare }: Starting = {},
): Promise<NestHost> {
  class AppModule {}
  Module(metadata)(AppModule);
  const log = new CapturedLog();
  const app: INestApplication = await NestFactory.create(AppModule, http, {
    logger: log,
    abortOnError: false,
    ...options,
  });
  await prepare?.(app);
  await app.listen(0, '127.0.0.1').catch(async (refusal: unknown) => {
    await app.close();
    throw refusal;
  });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, log, port, close: () => app.close() };
}

/** Sends a path as it is written, not as a URL parser would have it, over a connection of its own. */
export async function send(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Sending = {},
): Promise<Answer> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, agent: false });
  if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) outgoing.setHeader(name, value);
  }
  // A server that refuses a large body may close before it was sent whole.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: await text(incoming),
  };
}
