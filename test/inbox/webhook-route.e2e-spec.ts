import { readFileSync } from 'node:fs';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Inject,
  Injectable,
  type NestInterceptor,
  Post,
  SetMetadata,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { afterEach, describe, expect, it } from '@jest/globals';
import { map, type Observable } from 'rxjs';
import { Test } from '@nestjs/testing';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  WebhookInbox,
} from 'nestjs-glomopay';
import { type Platform, platforms } from '../support/nest-host.js';
import {
  type InboxHost,
  type InboxHostParts,
  ROUTE,
  SECRET,
  signed,
  startInboxHost,
} from './inbox-host.js';
import { underOwnSecret } from '../support/own-vectors.js';

const contract = JSON.parse(
  readFileSync(new URL('../vectors/signatures.json', import.meta.url), 'utf8'),
) as {
  webhook: {
    name: string;
    body: string;
    signature: string | null;
    expected: string;
    secret: string;
  }[];
};
const vectors = underOwnSecret(contract.webhook, SECRET);
const official = vectors.find(({ name }) => name === 'official_worked_example');
const officialBody = Buffer.from(official?.body ?? '');
const officialHeaders = {
  'content-type': 'application/json',
  'x-glomopay-signature': official?.signature ?? '',
};

const PUBLIC = 'is-public';

/** A guard as many hosts have one: everything is closed that is not marked. */
@Injectable()
class ClosedByDefault implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.get<boolean>(PUBLIC, context.getHandler()) === true;
  }
}

/** An interceptor as many hosts have one: every answer in an envelope. */
@Injectable()
class Envelope implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

@Catch()
class Teapot implements ExceptionFilter {
  catch(): never {
    throw new ForbiddenException('closed');
  }
}

@Controller('echo')
class EchoController {
  @Post()
  echo(@Body() body: unknown): unknown {
    return body;
  }

  @Get()
  ping(): string {
    return 'pong';
  }
}

describe.each(platforms)('The ready-made webhook route on %s', (platform: Platform) => {
  let host: InboxHost | undefined;
  const start = async (parts: InboxHostParts = {}): Promise<InboxHost> => {
    host = await startInboxHost(platform, parts);
    return host;
  };
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  it('answers 200 to the official worked example, and 401 with one byte changed', async () => {
    const { post } = await start();
    expect(await post(officialBody, officialHeaders)).toMatchObject({ status: 200 });
    const changed = Buffer.from(officialBody);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(await post(changed, officialHeaders)).toMatchObject({ status: 401 });
  });

  it.each(vectors.filter(({ secret }) => secret === SECRET))(
    'answers the vector $name as it says: $expected',
    async ({ body, signature, expected }) => {
      const { post } = await start();
      const headers = { 'content-type': 'application/json' };
      const { status } = await post(
        Buffer.from(body),
        signature === null ? headers : { ...headers, 'x-glomopay-signature': signature },
      );
      const refused = signature === null ? 400 : 401;
      expect(status).toBe(expected === 'accept' ? 200 : refused);
    },
  );

  it('stores the bytes as they came, and nothing of what it refuses', async () => {
    const { app, post } = await start();
    const body = Buffer.from(
      '{ "entity_type":"payment",\n"event_type":"success", "data":{"a":1.0} }',
    );
    await post(body, signed(body));
    await post(body, signed(body, 'another secret'));
    await post(Buffer.from('{}'), signed(body));
    const inbox = app.get(WebhookInbox);
    const [only, ...others] = await inbox.list();
    expect(others).toEqual([]);
    expect((await inbox.payload(only?.id ?? ''))?.equals(body)).toBe(true);
  });

  it('takes a redelivery for what it is', async () => {
    const { app, post } = await start();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(officialBody, officialHeaders)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await app.get(WebhookInbox).list()).toHaveLength(1);
  });

  it.each([
    'text/plain',
    'application/vnd.glomopay+json',
    'application/json; charset=utf-16',
    'no type at all',
    'json',
    '/',
    '',
    undefined,
  ])('verifies the bytes whatever the content type says: "%s"', async (type) => {
    const { post } = await start();
    const { 'x-glomopay-signature': signature } = officialHeaders;
    const headers = {
      'x-glomopay-signature': signature,
      ...(type !== undefined && { 'content-type': type }),
    };
    expect(await post(officialBody, headers)).toMatchObject({ status: 200 });
  });

  it('takes what is signed but cannot be read: kept, parked, and answered 200', async () => {
    const { app, post } = await start();
    const bodies = ['not json', '{"data":"\\u0000"}', '[1e400000]', '['.repeat(20_000), 'null'].map(
      (body) => Buffer.from(body),
    );
    bodies.push(Buffer.from([0xff, 0xfe, 0x00]));
    for (const body of bodies) expect((await post(body, signed(body))).status).toBe(200);
    const inbox = app.get(WebhookInbox);
    const parked = async () => (await inbox.list({ state: 'failed' })).length;
    while ((await parked()) < bodies.length) await new Promise((next) => setTimeout(next, 10));
    expect(await inbox.list({ state: 'open' })).toEqual([]);
    const reasons = (await inbox.list({ state: 'failed' })).map(({ reason }) => reason);
    expect(reasons).toContain('the body is not UTF-8');
    expect(reasons.filter((reason) => reason === null || /authentic/.test(reason))).toEqual([]);
  });

  it('refuses a repeated signature, a prefixed one and one of upper case', async () => {
    const { post } = await start();
    const { 'x-glomopay-signature': right } = officialHeaders;
    for (const signature of [
      [right, right],
      `sha256=${right}`,
      right.toUpperCase(),
      ` ${right},`,
    ]) {
      const answer = await post(officialBody, { 'x-glomopay-signature': signature });
      expect(answer.status).toBe(401);
    }
  });

  it('refuses a body over 1 MiB, and one that is not there', async () => {
    const { post } = await start();
    const large = Buffer.alloc(1_048_577, 0x20);
    expect(await post(large, signed(large))).toMatchObject({ status: 413 });
    const whole = Buffer.concat([
      Buffer.alloc(1_048_576 - officialBody.length, 0x20),
      officialBody,
    ]);
    expect(await post(whole, signed(whole))).toMatchObject({ status: 200 });
    expect(await post(Buffer.alloc(0), {})).toMatchObject({ status: 400 });
    expect(await post(Buffer.alloc(0), signed(Buffer.alloc(0)))).toMatchObject({ status: 200 });
  });

  it('says and logs nothing of what it was sent', async () => {
    const { log, post } = await start();
    const card = Buffer.from('{"note":"4111 1111 1111 1111\\n\u001b[31m739","data":{}}');
    const refused = await post(card, { 'x-glomopay-signature': 'f'.repeat(64) });
    const parked = await post(card, signed(card));
    await new Promise((next) => setTimeout(next, 100));
    expect(`${refused.body}${parked.body}${log.text}`).not.toMatch(/4111|739|\\u001b|note/);
  });

  it('stands where its path says, whatever prefix, version and parser the host has', async () => {
    const { post } = await start({
      controllers: [EchoController],
      rawBody: true,
      prepare: (app) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
        app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }));
      },
    });
    expect(await post(officialBody, officialHeaders)).toMatchObject({ status: 200 });
    const echoed = await post(Buffer.from('{"a":1}'), officialHeaders, '/api/v1/echo');
    expect(echoed).toMatchObject({ status: 201, body: '{"a":1}' });
  });

  it('leaves the parsers of other routes alone', async () => {
    const { post } = await start({ controllers: [EchoController] });
    const broken = await post(Buffer.from('{'), { 'content-type': 'application/json' }, '/echo');
    const whole = await post(Buffer.from('[1]'), { 'content-type': 'application/json' }, '/echo');
    expect([broken.status, whole.status, whole.body]).toEqual([400, 201, '[1]']);
  });

  it('is not closed by a global guard, unless it asks for the host and is not marked', async () => {
    const providers = [{ provide: APP_GUARD, useClass: ClosedByDefault }];
    const post = async (webhooks: { path: string; decorators?: MethodDecorator[] }) => {
      await host?.close();
      const started = await start({ providers, tracking: { webhooks } });
      const answer = await started.post(officialBody, officialHeaders);
      return { status: answer.status, stored: (await started.app.get(WebhookInbox).list()).length };
    };
    expect(await post({ path: ROUTE })).toEqual({ status: 200, stored: 1 });
    expect(await post({ path: ROUTE, decorators: [] })).toEqual({ status: 403, stored: 0 });
    const decorators = [SetMetadata(PUBLIC, true)];
    expect(await post({ path: ROUTE, decorators })).toEqual({ status: 200, stored: 1 });
  });

  it('answers as itself through interceptors and filters of the host', async () => {
    const { post } = await start({
      providers: [
        { provide: APP_INTERCEPTOR, useClass: Envelope },
        { provide: APP_FILTER, useClass: Teapot },
      ],
      tracking: { webhooks: { path: ROUTE, decorators: [] } },
    });
    expect(await post(officialBody, officialHeaders)).toMatchObject({
      status: 200,
      body: '{"message":"received"}',
    });
    expect(await post(officialBody, {})).toMatchObject({ status: 400 });
  });

  it('answers 503 when the event was not stored because the host kept it from the inbox', async () => {
    @Injectable()
    class Cache implements NestInterceptor {
      intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
        return next.handle().pipe(map(() => 'fine'));
      }
    }
    @Injectable()
    class Short implements NestInterceptor {
      async intercept(): Promise<Observable<unknown>> {
        const { of } = await import('rxjs');
        return of('cached');
      }
    }
    const { post, app } = await start({
      providers: [
        { provide: APP_INTERCEPTOR, useClass: Cache },
        { provide: APP_INTERCEPTOR, useClass: Short },
      ],
      tracking: { webhooks: { path: ROUTE, decorators: [] } },
    });
    const answer = await post(officialBody, officialHeaders);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    expect(await app.get(WebhookInbox).list()).toEqual([]);
  });

  it('answers 503 when the database refuses, and stores the next delivery once', async () => {
    const { app, database, post } = await start();
    database.exec('ALTER TABLE glomopay_events RENAME TO away');
    const refused = await post(officialBody, officialHeaders);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    expect(refused.body).not.toMatch(/table|sql/i);
    database.exec('ALTER TABLE away RENAME TO glomopay_events');
    expect(await post(officialBody, officialHeaders)).toMatchObject({ status: 200 });
    expect(await app.get(WebhookInbox).list()).toHaveLength(1);
  });

  it('is not there without a webhook secret: the application does not start', async () => {
    await expect(start({ secret: null })).rejects.toMatchObject({
      code: 'GLOMOPAY_CONFIGURATION',
      message: expect.stringContaining('webhookSecret'),
    });
  });
});

describe('The ready-made webhook route in a testing module', () => {
  it('stands before the parsers, though the server comes after the providers', async () => {
    const module = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({ secretKey: 'a-secret-key', webhookSecret: SECRET }),
        GlomopayTrackingModule.forRoot({
          store: new MemoryTrackingStore(),
          webhooks: { path: 'webhooks/glomopay' },
        }),
      ],
    }).compile();
    const app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    try {
      const answer = await fetch(`${await app.getUrl()}${ROUTE}`, {
        method: 'POST',
        body: officialBody,
        headers: officialHeaders,
      });
      expect(answer.status).toBe(200);
    } finally {
      await app.close();
    }
  });

  it.each(['', '/', 'a//b', 'a b', '/a/:id', '/a/*', '../a', 'a?b', 'ä'])(
    'refuses the path "%s" at boot',
    (path) => {
      expect(() =>
        GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore(), webhooks: { path } }),
      ).toThrow(expect.objectContaining({ code: 'GLOMOPAY_CONFIGURATION' }));
    },
  );
});
