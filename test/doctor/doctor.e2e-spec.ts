import {
  type CanActivate,
  Controller,
  Get,
  HttpCode,
  Injectable,
  type INestApplication,
  Module,
  type ModuleMetadata,
  Post,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  CallbackRedirectFilter,
  CallbackSignatureGuard,
  GlomopayModule,
  type GlomopayModuleOptions,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  WebhookInbox,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { runDoctor } from 'nestjs-glomopay/doctor';
import { adapterOf, platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { CapturedLog } from '../support/captured-log.js';

@Controller()
class Guarded {
  @Get('payment/callback')
  @UseGuards(CallbackSignatureGuard)
  finish(): string {
    return 'done';
  }

  @Post('hooks')
  @HttpCode(200)
  @UseGuards(WebhookSignatureGuard)
  hear(): void {}
}

@Controller()
class Redirecting {
  @Get('payment/callback')
  @UseGuards(CallbackSignatureGuard)
  @UseFilters(new CallbackRedirectFilter('/error'))
  finish(): void {}
}

@Controller()
class Open {
  @Get('payment/callback')
  finish(): string {
    return 'done';
  }

  @Post('hooks')
  @UseGuards(WebhookSignatureGuard)
  hear(): void {}
}

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

describe.each(platforms)('The doctor on %s', (server) => {
  let sandbox: GlomopaySandbox;
  let app: INestApplication | undefined;
  let log = new CapturedLog();
  beforeAll(async () => {
    sandbox = await GlomopaySandbox.start();
  });
  afterAll(() => sandbox.stop());
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  async function start(
    parts: ModuleMetadata,
    {
      prefix,
      rawBody = true,
      ...options
    }: Partial<GlomopayModuleOptions> & {
      prefix?: string;
      rawBody?: boolean;
    } = {},
  ): Promise<string> {
    class AppModule {}
    Module({
      ...parts,
      imports: [
        GlomopayModule.forRoot({
          secretKey: sandbox.secretKey,
          webhookSecret: sandbox.webhookSecret,
          baseUrl: sandbox.url,
          callbackUrl: 'https://shop.example/payment/callback',
          ...options,
        }),
        ...(parts.imports ?? []),
      ],
    })(AppModule);
    log = new CapturedLog();
    const adapter = adapterOf(server);
    app = await NestFactory.create(AppModule, adapter, { logger: log, rawBody });
    if (prefix !== undefined) app.setGlobalPrefix(prefix);
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  }

  /** What the doctor says from outside, with the variables of the environment. */
  async function ask(words: string[], env: Record<string, string> = {}) {
    const variables: Record<string, string> = {
      GLOMOPAY_SECRET_KEY: sandbox.secretKey,
      GLOMOPAY_WEBHOOK_SECRET: sandbox.webhookSecret,
      GLOMOPAY_BASE_URL: sandbox.url,
      GLOMOPAY_CALLBACK_URL: 'https://shop.example/payment/callback',
      ...env,
    };
    const before = { ...process.env };
    Object.assign(process.env, variables);
    let text = '';
    try {
      const code = await runDoctor(['doctor', ...words], (more) => {
        text += more;
      });
      return { code, text };
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }

  it('finds nothing to mend where all is well', async () => {
    const url = await start({ controllers: [Guarded] });
    const { code, text } = await ask(['--host', url, '--webhook', '/hooks']);
    expect(text).not.toContain('FAULT');
    expect(code).toBe(0);
    expect(text).toContain('/payment/callback refuses what is not signed');
    expect(text).toContain('/hooks takes what is signed, and nothing else');
    expect(text).toContain('clocks agree');
    expect(text).toContain('sandbox environment');
  });

  it('takes a redirect to a page for a refusal', async () => {
    const url = await start({ controllers: [Redirecting] });
    expect((await ask(['--host', url])).text).toContain('sends what is not signed to a page');
  });

  it('finds the missing raw body, and says which line to add', async () => {
    const url = await start({ controllers: [Guarded] }, { rawBody: false });
    const { code, text } = await ask(['--host', url, '--webhook', '/hooks']);
    expect(code).toBe(1);
    expect(text).toContain('NestFactory.create(AppModule, { rawBody: true })');
  });

  it('finds routes that are not guarded, and 201 where 200 is needed', async () => {
    const url = await start({ controllers: [Open] });
    const { code, text } = await ask(['--host', url, '--webhook', '/hooks']);
    expect(code).toBe(1);
    expect(text).toContain('put @UseGuards(CallbackSignatureGuard) on the route');
    expect(text).toContain('put @HttpCode(200) on the route');
  });

  it('finds routes that moved with a global prefix', async () => {
    const url = await start({ controllers: [Guarded] }, { prefix: 'api' });
    const { text } = await ask(['--host', url, '--webhook', '/hooks']);
    expect(text).toContain('there is one at /api/payment/callback');
    expect(text).toContain('there is one at /api/hooks');
    const right = await ask([
      '--host',
      url,
      '--webhook',
      '/api/hooks',
      '--callback',
      '/api/payment/callback',
    ]);
    expect(right.code).toBe(0);
  });

  it('finds a global guard in the way', async () => {
    const url = await start({
      controllers: [Guarded],
      providers: [{ provide: APP_GUARD, useClass: Closed }],
    });
    const { text } = await ask(['--host', url, '--webhook', '/hooks']);
    expect(text.match(/a global guard is in the way/g)).toHaveLength(2);
  });

  it('finds a webhook secret that is not the one of the application', async () => {
    const url = await start({ controllers: [Guarded] });
    const { text } = await ask(['--host', url, '--webhook', '/hooks'], {
      GLOMOPAY_WEBHOOK_SECRET: 'whsec_another_one_1f0c2e',
    });
    expect(text).toContain('does not accept a signature under this webhook secret');
  });

  it('says at boot what it finds, by itself, when the option asks for it', async () => {
    await start(
      {
        controllers: [Open],
        imports: [
          GlomopayTrackingModule.forRoot({
            store: new MemoryTrackingStore(),
            webhooks: { path: '/ready/made' },
          }),
        ],
      },
      { doctor: true },
    );
    await until(() => log.text.includes('webhook route: /ready/made'));
    await until(() => log.text.includes('webhook route: FAULT /hooks answers 201'));
    expect(log.text).toContain('callback route: FAULT /payment/callback answered 200');
    expect(log.text).not.toContain(sandbox.secretKey);
    expect(log.text).not.toContain(sandbox.webhookSecret);
    // The dashboard's test event is an event like any other: kept, and of no consequence.
    expect(await app?.get(WebhookInbox).list()).toMatchObject([{ type: 'webhook_test.test' }]);
  });

  it.each([
    ['without the option', 'test', false],
    ['in production', 'production', true],
  ])('is silent %s', async (_, environment, doctor) => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = environment;
    try {
      await start({ controllers: [Open] }, { doctor });
    } finally {
      process.env['NODE_ENV'] = before;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(log.text).not.toContain('callback route');
  });

  it('reads keys: one that has expired, and no word of which environment it is', async () => {
    const past = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
    const soon = Buffer.from(
      JSON.stringify({ env: 'sandbox', exp: Math.round(Date.now() / 1_000) + 3_600 }),
    ).toString('base64url');
    const { code, text } = await ask([], { GLOMOPAY_SECRET_KEY: `e30.${past}.x` });
    expect(code).toBe(1);
    expect(text).toContain('a key has expired');
    expect(text).toContain('nothing says whether this is the sandbox or production');
    expect(text).not.toContain(past);
    const other = await ask([], { GLOMOPAY_SECRET_KEY: `e30.${soon}.x` });
    expect(other.text).toContain('a key expires within a week');
  });

  it('lists every fault of the options, without a value', async () => {
    const { code, text } = await ask([], {
      GLOMOPAY_SECRET_KEY: 'live_6889e287VfqrPVPg',
      GLOMOPAY_CALLBACK_URL: 'http://shop.example/secret-path',
    });
    expect(code).toBe(1);
    expect(text).toContain('publishable');
    expect(text).toContain('callbackUrl');
    expect(text).not.toMatch(/6889e287|secret-path/);
  });

  it('says that the gateway, or the application, cannot be reached', async () => {
    const { code, text } = await ask(['--host', 'http://127.0.0.1:1'], {
      GLOMOPAY_BASE_URL: 'http://127.0.0.1:1',
    });
    expect(code).toBe(1);
    expect(text).toMatch(/gateway: FAULT http:\/\/127\.0\.0\.1:1 cannot be reached/);
    expect(text).toContain('start the application first');
  });

  it('sends no key, calls no money endpoint and touches nothing at the gateway', async () => {
    sandbox.requests.clear();
    await ask([]);
    expect(sandbox.requests.list()).toEqual([]);
  });

  it.each([
    [['doctor', '--host', 'ftp://x'], 'Usage: nestjs-glomopay doctor'],
    [['doctor', '--nose'], 'Usage: nestjs-glomopay doctor'],
    [['doctor', '--webhook', 'x'], 'Usage: nestjs-glomopay doctor'],
    [['migrations', 'chek'], 'Usage: nestjs-glomopay migrations'],
    [['reconcile', '--form', 'x'], 'Usage: nestjs-glomopay reconcile'],
    [['surgeon'], 'nestjs-glomopay --help'],
    [[], 'nestjs-glomopay --help'],
  ])('explains itself when called as %j, and no other command', async (words, expected) => {
    let text = '';
    const print = (more: string): void => {
      text += more;
    };
    expect(await runDoctor(words, print)).toBe(2);
    expect(text).toContain(expected);
    expect(text.match(/Usage: /g) ?? []).toHaveLength(expected.startsWith('Usage') ? 1 : 0);
  });

  it('says with --help how each command is called, and of one what was asked for', async () => {
    let text = '';
    const print = (more: string): void => {
      text += more;
    };
    expect(await runDoctor(['--help'], print)).toBe(0);
    expect(text.match(/Usage: nestjs-glomopay \w+/g)).toEqual([
      'Usage: nestjs-glomopay doctor',
      'Usage: nestjs-glomopay migrations',
      'Usage: nestjs-glomopay reconcile',
    ]);
    text = '';
    expect(await runDoctor(['migrations', 'check', '--help'], print)).toBe(0);
    expect(text).toMatch(/^Usage: nestjs-glomopay migrations/);
  });
});
