import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Module,
  SetMetadata,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory, Reflector } from '@nestjs/core';
import { ValidationPipe, VersioningType } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  GlomopayConfigurationError,
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
} from 'nestjs-glomopay';
import {
  GlomopayOperationsModule,
  type GlomopayOperationsOptions,
} from 'nestjs-glomopay/operations';
import { map } from 'rxjs';
import { CapturedLog } from '../support/captured-log.js';
import { cleanUp } from '../support/library/clean-up.js';
import { type Platform, platforms, send } from '../support/nest-host.js';
import {
  anOperationsHost,
  anOperator,
  type HostParts,
  OperatorGuard,
  PASS,
} from './operations-host.js';

const opened = cleanUp();
const start = async (platform: Platform, parts: HostParts) =>
  opened(await anOperationsHost(platform, parts));
const lost = { state: 'needs_attention', reason: 'no_outcome' } as const;

/** Passes what has the role that the controller is marked with. */
@Injectable()
class RoleGuard implements CanActivate {
  readonly #reflector = new Reflector();
  canActivate(context: ExecutionContext): boolean {
    const role = this.#reflector.get<string | undefined>('role', context.getClass());
    const { headers } = context.switchToHttp().getRequest();
    return role === undefined || headers['x-role'] === role;
  }
}

describe('GlomopayOperationsModule.forRoot', () => {
  it.each([
    [{}, 'guards must be given'],
    [{ guards: [] }, 'guards must be given'],
    [{ guards: undefined }, 'guards must be given'],
    [{ guards: null }, 'guards must be given'],
    [{ guards: 'none' }, 'guards must be given'],
    [{ guards: [undefined] }, 'guards must be given'],
    [{ guards: [{}] }, 'guards must be given'],
    [{ guards: true }, 'guards must be given'],
    [{ guards: [OperatorGuard], path: '/' }, 'path must be a plain path'],
    [{ guards: [OperatorGuard], path: 'a/:id' }, 'path must be a plain path'],
    [{ guards: [OperatorGuard], path: '../x' }, 'path must be a plain path'],
    [{ guards: [OperatorGuard], decorators: [1] }, 'decorators must be'],
    [undefined, 'must be given an object'],
    [null, 'must be given an object'],
  ])('refuses %j', (options, words) => {
    const register = () => GlomopayOperationsModule.forRoot(options as never);
    expect(register).toThrow(GlomopayConfigurationError);
    expect(register).toThrow(words);
    const asynchronous = options && { useFactory: () => ({}), ...(options as object) };
    expect(() => GlomopayOperationsModule.forRootAsync(asynchronous as never)).toThrow(words);
  });

  it.each([
    [{ actor: 'asha' }, 'actor must be'],
    [{ accounts: [] }, 'accounts must be'],
    [{ accounts: 'default' }, 'accounts must be'],
    [{ payloads: 'yes' }, 'payloads must be'],
    [{ links: [{ text: 'x', href: 'javascript:alert(1)' }] }, 'links must be'],
    [{ links: [{ text: '', href: '/x' }] }, 'links must be'],
    [{ gaurds: [] }, 'does not exist'],
  ])('does not let the application start with %j', async (options, words) => {
    const module = GlomopayOperationsModule.forRoot({ ...anOperator, ...(options as object) });
    await expect(anOperationsHost('express', { module })).rejects.toThrow(words);
  });

  it("does not let it start with guards: 'global' and no global guard", async () => {
    await expect(anOperationsHost('express', { operations: { guards: 'global' } })).rejects.toThrow(
      'the application has no global guard',
    );
  });
});

describe('The operations over a database that hangs', () => {
  it('wait for it once, and not for each of many accounts', async () => {
    const accounts = Array.from({ length: 39 }, (_, n) => `shop-${n}`);
    const host = await start('express', { accounts });
    for (const account of ['default', ...accounts]) {
      Reflect.set(host.inbox(account), 'counts', () => new Promise(() => undefined));
    }
    const since = performance.now();
    const answer = await send(host.port, '/operations/api/accounts', { headers: PASS });
    expect(performance.now() - since).toBeLessThan(10_000);
    const told = JSON.parse(answer.body).accounts as { readonly health: string }[];
    expect(told.map(({ health }) => health)).toEqual(Array(40).fill('unavailable'));
  });
});

describe('The operations where there is no HTTP server', () => {
  it('let a worker or a CLI of the same modules start, which has no main.ts that tells of guards', async () => {
    class AppModule {}
    Module({
      imports: [
        GlomopayModule.forRoot({ secretKey: 'a-secret-key' }),
        GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore() }),
        GlomopayOperationsModule.forRoot({ guards: 'global' }),
      ],
    })(AppModule);
    const logger = new CapturedLog();
    const quietly = { logger, abortOnError: false };
    opened(await NestFactory.createApplicationContext(AppModule, quietly));
    const http = opened(await NestFactory.create(AppModule, quietly));
    await expect(http.init()).rejects.toThrow('the application has no global guard');
  });
});

describe.each(platforms)('The operations on %s', (platform) => {
  it.each([
    ['APP_GUARD', { providers: [{ provide: APP_GUARD, useClass: OperatorGuard }] }],
    ['useGlobalGuards', { prepare: (app) => void app.useGlobalGuards(new OperatorGuard()) }],
  ] satisfies [string, HostParts][])('stand behind a guard by %s', async (_, parts) => {
    const host = await start(platform, { ...parts, operations: { guards: 'global' } });
    expect((await send(host.port, '/operations')).status).toBe(403);
    expect((await send(host.port, '/operations', { headers: PASS })).status).toBe(200);
  });

  it('need every guard, an instance as well as a class, and what guards read of decorators', async () => {
    const host = await start(platform, {
      operations: {
        guards: [OperatorGuard, new RoleGuard()],
        decorators: [SetMetadata('role', 'ops')],
      },
    });
    const ask = async (headers: Record<string, string>) =>
      (await send(host.port, '/operations/api/accounts', { headers })).status;
    expect(await ask(PASS)).toBe(403);
    expect(await ask({ 'x-role': 'ops' })).toBe(403);
    expect(await ask({ ...PASS, 'x-role': 'ops' })).toBe(200);
  });

  it('take a guard whose dependencies a module exports, and options from a factory', async () => {
    const NAMES = Symbol('names');
    @Module({ providers: [{ provide: NAMES, useValue: ['asha'] }], exports: [NAMES] })
    class PeopleModule {}
    const options: GlomopayOperationsOptions = { actor: () => 'asha' };
    const host = await start(platform, {
      module: GlomopayOperationsModule.forRootAsync({
        guards: [OperatorGuard],
        path: 'backoffice/payments',
        imports: [PeopleModule],
        inject: [NAMES],
        useFactory: (names: string[]) => ({
          ...options,
          links: names.map((text) => ({ text, href: '/x' })),
        }),
      }),
    });
    const page = await send(host.port, '/backoffice/payments', { headers: PASS });
    expect(page.body).toContain('<a href="/x">asha</a>');
  });

  it('work below a global prefix and versions, whatever pipes and interceptors the host has', async () => {
    const host = await start(platform, {
      prepare: (app) => {
        app.setGlobalPrefix('shop/api');
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      },
      providers: [
        {
          provide: APP_PIPE,
          useValue: new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }),
        },
        {
          provide: APP_INTERCEPTOR,
          useValue: {
            intercept: (_: unknown, next: { handle(): import('rxjs').Observable<unknown> }) =>
              next.handle().pipe(map((data) => ({ data }))),
          },
        },
      ],
    });
    const { requestId } = await host.put(lost);
    const at = `http://127.0.0.1:${host.port}/shop/api/operations`;
    const page = await (await fetch(at, { headers: PASS })).text();
    // Every address in it goes from the page's own.
    expect(
      [...page.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, to]) => to),
    ).not.toContainEqual(expect.stringMatching(/^(?:\/|http)/));
    const answer = await fetch(`${at}/api/movement/resolve`, {
      method: 'POST',
      headers: { ...PASS, 'content-type': 'application/json' },
      body: JSON.stringify({
        account: 'default',
        kind: 'payment',
        requestId,
        as: 'failed',
        note: 'n',
      }),
    });
    expect(await answer.json()).toMatchObject({ record: { state: 'failed' }, mayCloseAs: [] });
  });

  it('read a body by themselves where the host has no parser, within bounds', async () => {
    const host = await start(platform, { options: { bodyParser: platform === 'fastify' } });
    const id = await host.park('payment.success', 'payt_1', 'x');
    const post = (body: string) =>
      send(host.port, '/operations/api/event/replay', {
        method: 'POST',
        headers: { ...PASS, 'content-type': 'application/json' },
        body,
      });
    expect((await post('{"account":')).status).toBeGreaterThanOrEqual(400);
    if (platform === 'express') {
      const large = JSON.stringify({ account: 'default', id: 'x'.repeat(20_000) });
      expect((await post(large)).status).toBe(413);
    }
    expect((await post(JSON.stringify({ account: 'default', id }))).body).toBe('{"replayed":true}');
  });

  it('close nothing without an actor, and nothing where it says nobody', async () => {
    for (const actor of [
      undefined,
      () => '',
      () => undefined,
      () => {
        throw new Error('no session');
      },
    ]) {
      const host = await start(platform, { operations: { actor: actor as never } });
      const { requestId } = await host.put(lost);
      const wish = { account: 'default', kind: 'payment', requestId, as: 'failed', note: 'n' };
      const answer = await send(host.port, '/operations/api/movement/resolve', {
        method: 'POST',
        headers: { ...PASS, 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'GLOMOPAY_OPERATIONS_NO_ACTOR' });
      const view = await send(
        host.port,
        `/operations?view=movement&kind=payment&requestId=${requestId}`,
        { headers: PASS },
      );
      expect(view.body.includes('data-api="movement/resolve"')).toBe(actor !== undefined);
    }
  });

  it('show the accounts that they are told, and no other', async () => {
    const host = await start(platform, { accounts: ['emea'], operations: { accounts: ['emea'] } });
    const ask = (path: string) => send(host.port, `/operations${path}`, { headers: PASS });
    expect(JSON.parse((await ask('/api/accounts')).body)).toMatchObject({ total: 1 });
    expect((await ask('/api/movements?account=default')).status).toBe(404);
    expect((await ask('?account=default')).status).toBe(404);
    expect((await ask('')).status).toBe(200);
  });

  it('show a payload only where the host wants that, and escaped', async () => {
    const host = await start(platform, { operations: { payloads: true } });
    const id = await host.park('payment.success', '<b>payt_1</b>', 'x');
    const api = await send(host.port, `/operations/api/event/payload?account=default&id=${id}`, {
      headers: PASS,
    });
    expect(JSON.parse(JSON.parse(api.body).payload)).toMatchObject({
      data: { id: '<b>payt_1</b>' },
    });
    const closed = await send(host.port, `/operations?view=event&id=${id}`, { headers: PASS });
    expect(closed.body).not.toContain('entity_type');
    const shown = await send(host.port, `/operations?view=event&id=${id}&payload=shown`, {
      headers: PASS,
    });
    expect(shown.body).toContain('&quot;entity_type&quot;');
    expect(shown.body).not.toContain('<b>');
  });

  it('are in no OpenAPI document', async () => {
    const host = await start(platform, {});
    const document = SwaggerModule.createDocument(host.app, new DocumentBuilder().build());
    expect(Object.keys(document.paths)).toEqual([]);
  });
});

describe.each(platforms)('The page of the operations on %s', (platform) => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  let close: (() => Promise<void>) | undefined;
  afterEach(() => close?.());

  it('escapes everything that came from outside, and runs its own script only', async () => {
    const host = await anOperationsHost(platform, { accounts: ['emea'] });
    close = host.close;
    const { requestId } = await host.put(
      { ...lost, gatewayStatus: evil, errorDescription: evil, objectId: evil },
      { requestId: evil, reference: evil, subjectId: evil },
    );
    const id = await host.park(evil, evil, evil);
    const text = encodeURIComponent(evil);
    const views = [
      '',
      `?account=${text}`,
      `?view=movement&kind=payment&requestId=${encodeURIComponent(requestId)}`,
      `?view=event&id=${id}`,
      `?view=find&text=${text}`,
      `?view=${text}`,
      `?view=movement&kind=${text}&requestId=${text}`,
      `?before=${text}`,
    ];
    for (const view of views) {
      const { body, headers } = await send(host.port, `/operations${view}`, { headers: PASS });
      expect(body.match(/<script/g)).toHaveLength(1);
      expect(body).not.toMatch(/<img|\son\w+="/);
      expect(headers['cache-control']).toContain('no-store');
      expect(headers['x-frame-options']).toBe('DENY');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';/);
      expect(policy).not.toContain('unsafe');
    }
  });

  it('says what is not there', async () => {
    const host = await anOperationsHost(platform);
    close = host.close;
    for (const view of [
      '?account=x',
      '?view=event&id=x',
      '?view=movement&kind=refund&requestId=x',
    ]) {
      const { status, body } = await send(host.port, `/operations${view}`, { headers: PASS });
      expect(status).toBe(404);
      expect(body).toContain('<h1>Not Found</h1>');
    }
  });
});
