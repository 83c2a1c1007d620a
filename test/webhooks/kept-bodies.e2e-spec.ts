import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WebhookInbox } from 'nestjs-glomopay';
import { signed, startInboxHost } from '../inbox/inbox-host.js';
import { cleanUp } from '../support/library/clean-up.js';
import { postHttp2 } from '../support/post-http2.js';
import type { Platform } from '../support/nest-host.js';
import { BODY, type Host, sign, SIGNATURE, startHost } from './webhook-host.js';

const opened = cleanUp();
const options = { rawBody: false, bodyParser: false };
const everything = { type: '*/*' };
const withBom = `\uFEFF${BODY}`;
const notUtf8 = Buffer.from(
  '{"entity_type":"payment","event_type":"success","data":{"n":"\xff"}}',
  'latin1',
);

/** What a host does with a body before the guard sees it. */
interface Keeping {
  readonly platform: Platform;
  readonly what: string;
  readonly isText?: boolean;
  readonly prepare: (app: INestApplication) => void;
}

type Keep = (bytes: Buffer) => unknown;

/** Reads the body in a middleware, as hosts do it by hand. */
const middleware = (keep: Keep) => (app: INestApplication) => {
  app.use(async (request: Readable & Record<string, unknown>, _: unknown, next: () => void) => {
    request['rawBody'] = keep(await buffer(request));
    request['body'] = {};
    next();
  });
};

/** Reads the body before Fastify's parsers, as fastify-raw-body does. */
const hook = (keep: Keep) => (app: INestApplication) => {
  const fastify = (app as NestFastifyApplication).getHttpAdapter().getInstance();
  fastify.addHook('preParsing', async (request, _, payload) => {
    const bytes = await buffer(payload);
    Object.assign(request, { rawBody: keep(bytes) });
    return Readable.from([bytes]);
  });
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_: unknown, text: string | Buffer) => JSON.parse(String(text)),
  );
};

const parser = (parseAs: 'buffer' | 'string') => (app: INestApplication) => {
  const fastify = (app as NestFastifyApplication).getHttpAdapter().getInstance();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs },
    async (_: unknown, body: string | Buffer) => body,
  );
};

const keepings: readonly Keeping[] = [
  {
    platform: 'express',
    what: 'express.raw() in body',
    prepare: (app) => (app as NestExpressApplication).useBodyParser('raw', everything),
  },
  {
    platform: 'express',
    what: 'express.text() in body',
    isText: true,
    prepare: (app) => (app as NestExpressApplication).useBodyParser('text', everything),
  },
  { platform: 'express', what: 'a middleware in rawBody', prepare: middleware((bytes) => bytes) },
  {
    platform: 'express',
    what: 'a middleware as plain bytes',
    prepare: middleware((bytes) => new Uint8Array(bytes)),
  },
  { platform: 'express', what: 'a middleware as text', isText: true, prepare: middleware(String) },
  { platform: 'fastify', what: 'a parser as a buffer', prepare: parser('buffer') },
  { platform: 'fastify', what: 'a parser as text', isText: true, prepare: parser('string') },
  { platform: 'fastify', what: 'a plugin in rawBody', prepare: hook((bytes) => bytes) },
  { platform: 'fastify', what: 'a plugin in rawBody as text', isText: true, prepare: hook(String) },
];

describe.each(keepings)('The guard on $platform, with what $what has kept', (keeping) => {
  const { platform, isText = false, prepare } = keeping;
  let host: Host | undefined;
  afterEach(() => host?.close());

  it('verifies it', async () => {
    host = await startHost(platform, { options, prepare });
    const answers = [
      await host.deliver(),
      await host.deliver({ body: BODY.replace('250000', '250001'), signature: SIGNATURE }),
      await host.deliver({ signature: undefined }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 400]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ type: 'payout.success' });
  });

  it('takes bytes that are no UTF-8; of a text says that it may have lost some', async () => {
    host = await startHost(platform, { options, prepare });
    const { status } = await host.deliver({ body: notUtf8 });
    expect(status).toBe(isText ? 401 : 200);
    expect(host.log.text.includes('a text that was decoded with loss')).toBe(isText);
  });
});

describe('The guard', () => {
  it('says what a text may have lost when its byte order mark was taken off', async () => {
    const prepare = (app: INestApplication) =>
      void (app as NestExpressApplication).useBodyParser('text', everything);
    const host = opened(await startHost('express', { options, prepare }));
    const { status } = await host.deliver({ body: withBom, signature: sign(withBom) });
    expect(status).toBe(401);
    expect(host.log.text).toMatch(
      /webhook refused: mismatch \(1 since start\): .*decoded with loss.*keep the bytes/,
    );
    expect(host.log.text).not.toContain('payout_6a8fd80eo6coZ');
  });

  it('never writes a parsed body again to verify it', async () => {
    const prepare = (app: INestApplication) =>
      void (app as NestExpressApplication).useBodyParser('json', {});
    const host = opened(await startHost('express', { options, prepare }));
    const compact = JSON.stringify(JSON.parse(BODY));
    expect((await host.deliver({ body: compact })).status).toBe(500);
  });
});

describe('The guard over HTTP/2, where a body need not have a length', () => {
  const deliver = async (rawBody: boolean, signature: string, body = BODY) => {
    const fastify = new FastifyAdapter({ http2: true });
    const host = opened(await startHost('fastify', { options: { rawBody }, fastify }));
    const { port } = host.app.getHttpServer().address() as AddressInfo;
    const headers = { 'content-type': 'application/json', 'x-glomopay-signature': signature };
    const { status } = await postHttp2(port, '/hook', Buffer.from(body), headers);
    return { status, log: host.log.text };
  };

  it('verifies the bytes that Nest has kept', async () => {
    expect((await deliver(true, SIGNATURE)).status).toBe(200);
    expect((await deliver(true, '0'.repeat(64))).status).toBe(401);
  });

  it('answers 500 where Nest was not told to keep them, and logs the line to add', async () => {
    const { status, log } = await deliver(false, SIGNATURE);
    expect(status).toBe(500);
    expect(log).toContain('{ rawBody: true }');
  });
});

describe('The ready-made route', () => {
  const body = Buffer.from(BODY);

  it.each(['raw', 'text'] as const)('takes what express.%s() has kept before it', async (kind) => {
    const http = new ExpressAdapter();
    http.useBodyParser(kind, false, everything);
    const host = opened(await startInboxHost('express', { http }));
    expect((await host.post(body, signed(body))).status).toBe(200);
    const inbox = host.app.get(WebhookInbox);
    const [event] = await inbox.list();
    expect((await inbox.payload(event?.id ?? ''))?.equals(body)).toBe(true);
    const forged = { ...signed(body), 'x-glomopay-signature': '0'.repeat(64) };
    expect((await host.post(body, forged)).status).toBe(401);
    const broken = await host.post(notUtf8, signed(notUtf8));
    expect(broken.status).toBe(kind === 'raw' ? 200 : 401);
    expect(host.log.text.includes('decoded with loss')).toBe(kind === 'text');
  });

  it('answers 500 where a parser before it has kept nothing, and logs what to do', async () => {
    const http = new ExpressAdapter();
    http.useBodyParser('json', false, {});
    const host = opened(await startInboxHost('express', { http }));
    const answer = await host.post(body, signed(body));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      500,
      { message: 'Webhooks cannot be verified here' },
    ]);
    expect(host.log.text).toContain('the raw body is missing');
  });

  it.each([(bytes: Buffer): unknown => bytes, String])(
    'takes what a plugin of Fastify has kept, number %#',
    async (keep) => {
      const http = new FastifyAdapter();
      http.getInstance().addHook('preParsing', async (request, _, payload) => {
        Object.assign(request, { rawBody: keep(await buffer(payload)) });
        return payload;
      });
      const host = opened(await startInboxHost('fastify', { http }));
      expect((await host.post(body, signed(body))).status).toBe(200);
      const forged = { ...signed(body), 'x-glomopay-signature': '0'.repeat(64) };
      expect((await host.post(body, forged)).status).toBe(401);
    },
  );
});
