import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { All, Controller, Param, Post } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  WebhookInbox,
} from 'nestjs-glomopay';
import { cleanUp } from '../support/library/clean-up.js';
import { postHttp2 } from '../support/post-http2.js';
import { platforms } from '../support/nest-host.js';
import { type InboxHost, ROUTE, signed, startInboxHost } from './inbox-host.js';

const opened = cleanUp();
const body = Buffer.from('{"entity_type":"payment","event_type":"success","data":{}}');

/** Routes of the host round about. */
@Controller()
class Neighbours {
  @Post('webhooks/:other')
  other(@Param('other') other: string): string {
    return `host ${other}`;
  }

  @Post('webhooks/glomopay/:more')
  more(@Param('more') more: string): string {
    return `more ${more}`;
  }
}

/** What Express takes for `/webhooks/glomopay` by itself, and what it does not. */
const spellings: readonly (readonly [path: string, status: number])[] = [
  [ROUTE, 200],
  [`${ROUTE}/`, 200],
  [`${ROUTE}?a=1`, 200],
  [`${ROUTE}/?a=1`, 200],
  ['/WebHooks/GlomoPay', 200],
  ['/WEBHOOKS/GLOMOPAY/', 200],
  [`/${ROUTE}`, 404],
  [`${ROUTE}//`, 404],
  ['/webhooks//glomopay', 404],
  [`${ROUTE}x`, 404],
  ['/webhooks', 404],
];

describe.each(platforms)('The path of the ready-made route on %s', (platform) => {
  it('is taken in the spellings that Express takes', async () => {
    const { post } = opened(await startInboxHost(platform));
    for (const [path, status] of spellings) {
      expect([path, (await post(body, signed(body), path)).status]).toEqual([path, status]);
    }
  });

  it('leaves the routes of the host beside it alone', async () => {
    const { post } = opened(await startInboxHost(platform, { controllers: [Neighbours] }));
    expect((await post(body, signed(body), `${ROUTE}/`)).body).toBe('{"message":"received"}');
    expect((await post(body, signed(body), '/webhooks/others')).body).toBe('host others');
    expect((await post(body, signed(body), `${ROUTE}/a`)).body).toBe('more a');
  });

  it('stands before a route of the host that takes everything', async () => {
    @Controller()
    class Everything {
      @All('*')
      all(): string {
        return 'everything';
      }
    }
    const { post } = opened(await startInboxHost(platform, { controllers: [Everything] }));
    for (const path of [ROUTE, `${ROUTE}/`, '/WEBHOOKS/glomopay']) {
      expect((await post(body, signed(body), path)).body).not.toBe('everything');
    }
    expect((await post(body, signed(body), '/else')).body).toBe('everything');
  });

  it('may have dots, dashes and neighbours of other accounts', async () => {
    const path = '/hooks.v1/glomo-pay_2';
    const emea = { name: 'emea', secretKey: 'another-key', webhookSecret: 'whsec_of_emea_0123' };
    const { post } = opened(
      await startInboxHost(platform, {
        tracking: { webhooks: { path } },
        imports: [
          GlomopayModule.forRoot(emea),
          GlomopayTrackingModule.forRoot({
            name: 'emea',
            store: new MemoryTrackingStore(),
            webhooks: { path: '/hooks.v1/emea' },
          }),
        ],
      }),
    );
    const ofEmea = signed(body, emea.webhookSecret);
    const statuses = [
      await post(body, signed(body), '/Hooks.V1/Glomo-Pay_2/'),
      await post(body, signed(body), '/hooksxv1/glomo-pay_2'),
      await post(body, ofEmea, '/hooks.v1/EMEA'),
      await post(body, ofEmea, '/Hooks.v1/glomo-pay_2'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 404, 200, 401]);
  });
});

describe('The path of the ready-made route on a Fastify that is forgiving itself', () => {
  it.each([
    { ignoreTrailingSlash: true },
    { caseSensitive: false },
    { ignoreTrailingSlash: true, caseSensitive: false, ignoreDuplicateSlashes: true },
  ])('is mounted once: %j', async (routerOptions) => {
    const http = new FastifyAdapter({ routerOptions });
    const { post } = opened(await startInboxHost('fastify', { http }));
    for (const path of [ROUTE, `${ROUTE}/`, '/WEBHOOKS/glomopay']) {
      expect((await post(body, signed(body), path)).status).toBe(200);
    }
  });
});

const post2 = (host: InboxHost, sent: Buffer, headers: Record<string, string>) => {
  const { port } = host.app.getHttpServer().address() as AddressInfo;
  return postHttp2(port, ROUTE, sent, headers);
};

describe('The ready-made route over HTTP/2', () => {
  const start = async () =>
    opened(await startInboxHost('fastify', { http: new FastifyAdapter({ http2: true }) }));
  const { 'x-glomopay-signature': signature = '' } = signed(body);

  it.each([
    ['without a content type', {}],
    ['with one', { 'content-type': 'application/json' }],
    ['with an odd one', { 'content-type': 'text/plain' }],
    ['with a length and no type', { 'content-length': String(body.length) }],
  ])('takes an event %s', async (_, headers) => {
    const host = await start();
    const answer = await post2(host, body, { ...headers, 'x-glomopay-signature': signature });
    expect([answer.status, answer.body]).toEqual([200, '{"message":"received"}']);
    const inbox = host.app.get(WebhookInbox);
    const [event] = await inbox.list();
    expect((await inbox.payload(event?.id ?? ''))?.equals(body)).toBe(true);
  });

  it('refuses what is not authentic, not there or too large', async () => {
    const host = await start();
    const large = Buffer.alloc(1_048_577, 0x20);
    const statuses = [
      await post2(host, body, { 'x-glomopay-signature': '0'.repeat(64) }),
      await post2(host, body, {}),
      await post2(host, Buffer.alloc(0), {}),
      await post2(host, large, {
        'x-glomopay-signature': signed(large)['x-glomopay-signature'] ?? '',
      }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 400, 400, 413]);
  });
});
