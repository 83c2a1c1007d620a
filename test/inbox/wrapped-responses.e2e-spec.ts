import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  CallbackRedirectFilter,
  CallbackSignatureGuard,
  GlomopayExceptionFilter,
  GlomopayUnreachableError,
} from 'nestjs-glomopay';
import { cleanUp } from '../support/library/clean-up.js';
import { type Platform, platforms } from '../support/nest-host.js';
import { type InboxHost, signed, startInboxHost } from './inbox-host.js';

const opened = cleanUp();
const body = Buffer.from('{"entity_type":"payment","event_type":"success","data":{}}');
const unreachable = () => new GlomopayUnreachableError('POST /api/v1/payments', 1, 'no_connection');

interface Hijackable {
  readonly raw?: ServerResponse;
  hijack?(): unknown;
}

@Controller()
class Failing {
  @Get('callback')
  @UseGuards(CallbackSignatureGuard)
  @UseFilters(new CallbackRedirectFilter('/payment/error'))
  callback(): void {}

  @Get('fails')
  @UseFilters(GlomopayExceptionFilter)
  fails(): never {
    throw unreachable();
  }

  /** A stream that has begun: nothing can be said any more but that it is over. */
  @Get('begun')
  @UseFilters(GlomopayExceptionFilter)
  begun(@Res() response: Hijackable & ServerResponse): never {
    response.hijack?.();
    const raw = response.raw ?? response;
    raw.writeHead(200, { 'content-type': 'text/event-stream' });
    raw.write('data: 1\n\n');
    throw unreachable();
  }

  /** Out of the hands of Fastify, and not begun. */
  @Get('hijacked')
  @UseFilters(GlomopayExceptionFilter)
  hijacked(@Res() response: Hijackable): never {
    response.hijack?.();
    throw unreachable();
  }
}

/** Methods that give nothing, as middlewares around a response leave them behind. */
function silence(target: object, methods: readonly string[]): void {
  for (const name of methods) {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function') continue;
    Object.defineProperty(target, name, {
      configurable: true,
      writable: true,
      value(this: object, ...given: unknown[]): void {
        Reflect.apply(method, this, given);
      },
    });
  }
}

const OF_NODE = ['writeHead', 'setHeader', 'end', 'write'];
const OF_EXPRESS = ['status', 'set', 'header', 'json', 'send', 'type'];
const OF_FASTIFY = ['code', 'status', 'header', 'headers', 'type', 'send'];

/** A server whose responses are silenced, Node's own and what the framework puts around it. */
function silencing(platform: Platform): ExpressAdapter | FastifyAdapter {
  if (platform === 'express') {
    const express = new ExpressAdapter();
    express.use((_: unknown, response: object, next: () => void) => {
      silence(response, [...OF_NODE, ...OF_EXPRESS]);
      next();
    });
    return express;
  }
  const fastify = new FastifyAdapter();
  fastify.getInstance().addHook('onRequest', async (_, reply) => {
    silence(reply.raw, OF_NODE);
    silence(reply, OF_FASTIFY);
  });
  return fastify;
}

/** Express, behind something that passes on the status of `writeHead`, and not its headers. */
function droppingHeaders(): ExpressAdapter {
  const express = new ExpressAdapter();
  express.use((_: unknown, response: ServerResponse, next: () => void) => {
    const writeHead = response.writeHead.bind(response);
    Object.defineProperty(response, 'writeHead', { value: (status: number) => writeHead(status) });
    next();
  });
  return express;
}

const url = async (host: InboxHost, path: string) => `${await host.app.getUrl()}${path}`;

describe.each(platforms)('Around methods that give nothing, on %s', (platform) => {
  const start = async () =>
    opened(await startInboxHost(platform, { controllers: [Failing], http: silencing(platform) }));

  it('the ready-made route answers', async () => {
    const { post } = await start();
    const answers = [
      await post(body, signed(body)),
      await post(body, signed(body)),
      await post(body, { 'x-glomopay-signature': '0'.repeat(64) }),
    ];
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual([
      [200, '{"message":"received"}'],
      [200, '{"message":"known already"}'],
      [401, '{"message":"The signature of this webhook event does not hold"}'],
    ]);
  });

  it('the filter of refused callbacks redirects', async () => {
    const answer = await fetch(await url(await start(), '/callback?status=x'), {
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/payment/error']);
  });

  it('the filter of errors sends its body', async () => {
    const answer = await fetch(await url(await start(), '/fails'));
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: 'GLOMOPAY_UNREACHABLE', outcome: 'not_sent' },
    ]);
  });
});

describe('Around a writeHead that drops headers', () => {
  it.each([
    ['/callback?status=x', 'location'],
    ['/fails', 'retry-after'],
  ])('the answer of %s has its %s', async (path, header) => {
    const host = opened(
      await startInboxHost('express', { controllers: [Failing], http: droppingHeaders() }),
    );
    const { headers } = await fetch(await url(host, path), { redirect: 'manual' });
    expect(headers.get(header)).not.toBeNull();
  });
});

describe.each(platforms)('The filter of errors on %s', (platform) => {
  it('ends an answer that has begun', async () => {
    const host = opened(await startInboxHost(platform, { controllers: [Failing] }));
    const answer = await fetch(await url(host, '/begun'));
    expect([answer.status, await answer.text()]).toEqual([200, 'data: 1\n\n']);
  });

  it('answers in place of a handler that has taken over its response', async () => {
    const host = opened(await startInboxHost(platform, { controllers: [Failing] }));
    const answer = await fetch(await url(host, '/hijacked'));
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: 'GLOMOPAY_UNREACHABLE' },
    ]);
  });
});
