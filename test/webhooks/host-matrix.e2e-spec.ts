import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  Post,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  getGlomopayToken,
  type GlomopayEvent,
  GlomopayModule,
  InjectGlomopay,
  VerifiedWebhook,
  WebhookSignatureGuard,
  WebhookVerifier,
} from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { BODY, type Host, type HostParts, sign, SIGNATURE, startHost } from './webhook-host.js';

const MEBIBYTE = 1_048_576;
const anEvent = (length: number) =>
  '{"data":{"id":"payt_1"},"entity_type":"payment","event_type":"success"}'.padEnd(length);

@Controller('guarded')
@UseGuards(WebhookSignatureGuard)
class GuardedController {
  @Post()
  receive(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }
}

/** Another copy of the library finds what this one has verified. */
@Injectable()
class OtherCopy implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request: object = context.switchToHttp().getRequest<object>();
    const event: unknown = Reflect.get(request, Symbol.for('nestjs-glomopay:webhook'));
    return event !== undefined && !Object.keys(request).includes('nestjs-glomopay:webhook');
  }
}

@Controller()
class TwoGuardsController {
  @Post('two-guards')
  @UseGuards(WebhookSignatureGuard, OtherCopy)
  receive(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }
}

/** A guard of a named account, on a route of its own. */
@Injectable()
class EmeaGuard implements CanActivate {
  constructor(
    @InjectGlomopay('emea', WebhookSignatureGuard) private readonly guard: WebhookSignatureGuard,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    return this.guard.canActivate(context);
  }
}

@Controller()
class EmeaController {
  @Post('emea')
  @UseGuards(EmeaGuard)
  receive(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }
}

describe.each(platforms)('a host on %s', (platform) => {
  let host: Host | undefined;
  const start = async (parts?: HostParts): Promise<Host> => {
    host = await startHost(platform, parts);
    return host;
  };
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  describe('without the raw body', () => {
    const fixed = {
      statusCode: 500,
      error: 'Internal Server Error',
      message: 'Webhooks cannot be verified here',
    };

    it('answers 500, so that the gateway tries again, and logs the line to add', async () => {
      const { deliver, log } = await start({ options: { rawBody: false } });
      for (const signature of [SIGNATURE, '0'.repeat(64), undefined]) {
        const answer = await deliver({ signature });
        expect([answer.status, JSON.parse(answer.body)]).toEqual([500, fixed]);
      }
      expect(log.text).toContain('NestFactory.create(AppModule, { rawBody: true })');
      expect(log.text).toContain(
        'NestFactory.create(AppModule, new FastifyAdapter(), { rawBody: true })',
      );
      expect(log.text).not.toContain('payout_6a8fd80eo6coZ');
      expect(log.text).not.toContain(SIGNATURE);
    });

    it('logs it once a second, however many come', async () => {
      const { deliver, log } = await start({ options: { rawBody: false } });
      const before = performance.now();
      for (let count = 0; count < 100; count += 1) await deliver();
      const seconds = Math.ceil((performance.now() - before) / 1_000);
      const said = log.lines.filter((line) => line.includes('rawBody'));
      expect(said.length).toBeGreaterThanOrEqual(1);
      expect(said.length).toBeLessThanOrEqual(seconds);
    });

    it('answers 400 to what would have no raw body in any case', async () => {
      const { deliver, log } = await start({ options: { rawBody: false } });
      const answers = [
        await deliver({ body: '' }),
        await deliver({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
      expect(log.text).not.toContain('rawBody');
    });

    it('answers 500 too where the parsers are switched off, and 200 with one switched on', async () => {
      const without = await startHost(platform, { options: { bodyParser: false } });
      const answer = await without.deliver();
      await without.close();
      expect(answer.status).toBe(500);
      expect(without.log.text).toContain('with bodyParser: false add app.useBodyParser(');
      const { deliver } = await start({
        options: { bodyParser: false },
        prepare: (app: INestApplication) => {
          (app as NestExpressApplication & NestFastifyApplication).useBodyParser(
            (platform === 'express' ? 'json' : 'application/json') as 'json',
          );
        },
      });
      expect((await deliver()).status).toBe(200);
    });
  });

  it('answers 500 without a webhook secret, and names the option to the operator', async () => {
    const { deliver, log } = await start({ webhookSecret: null });
    for (const signature of [SIGNATURE, sign(BODY, ''), undefined]) {
      const answer = await deliver({ signature });
      expect([answer.status, answer.body]).toEqual([
        500,
        expect.stringContaining('Webhooks cannot be verified here'),
      ]);
    }
    expect(log.text).toContain('webhookSecret is needed to verify webhooks');
  });

  describe('with a body of some size', () => {
    it("takes what Nest's own limit lets through: 100 kB on Express, 1 MiB on Fastify", async () => {
      const { deliver } = await start();
      expect((await deliver({ body: anEvent(100_000) })).status).toBe(200);
      const larger = await deliver({ body: anEvent(200 * 1_024) });
      expect(larger.status).toBe(platform === 'express' ? 413 : 200);
      expect((await deliver({ body: anEvent(2 * MEBIBYTE) })).status).toBe(413);
    });

    it('takes 1 MiB where the host has widened its limit, and refuses a byte more', async () => {
      const { deliver, log } = await start({
        fastify: new FastifyAdapter({ bodyLimit: 3 * MEBIBYTE }),
        prepare: (app: INestApplication) => {
          if (platform === 'express') {
            (app as NestExpressApplication).useBodyParser('json', { limit: '3mb' });
          }
        },
      });
      expect((await deliver({ body: anEvent(MEBIBYTE) })).status).toBe(200);
      const refused = await deliver({ body: anEvent(MEBIBYTE + 1) });
      expect([refused.status, JSON.parse(refused.body)]).toEqual([
        413,
        {
          statusCode: 413,
          error: 'Payload Too Large',
          message: 'A webhook event is at most 1 MiB',
        },
      ]);
      expect(log.text).toContain('webhook refused: too_large (1 since start)');
    });
  });

  it('is not disturbed by a global ValidationPipe that allows nothing', async () => {
    const pipe = new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
    });
    const { deliver } = await start({ providers: [{ provide: APP_PIPE, useValue: pipe }] });
    const answer = await deliver();
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { type: 'payout.success', data: (JSON.parse(BODY) as { data: unknown }).data },
    ]);
  });

  it('accepts under every active secret, and no longer under one that was rotated away', async () => {
    const both = await startHost(platform, {
      webhookSecret: ['whsec_new_one_of_two', 'whsec_old_one_of_two'],
    });
    const statuses = [];
    for (const secret of ['whsec_old_one_of_two', 'whsec_new_one_of_two', 'whsec_never']) {
      statuses.push((await both.deliver({ signature: sign(BODY, secret) })).status);
    }
    await both.close();
    expect(statuses).toEqual([200, 200, 401]);
    const { deliver } = await start({ webhookSecret: ['whsec_new_one_of_two'] });
    expect((await deliver({ signature: sign(BODY, 'whsec_old_one_of_two') })).status).toBe(401);
  });

  it('guards by class, and globally', async () => {
    const parts = { controllers: [GuardedController] };
    const local = await startHost(platform, parts);
    const answers = [
      await local.deliver({ path: '/guarded' }),
      await local.deliver({ path: '/guarded', signature: '0'.repeat(64) }),
    ];
    await local.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    const { deliver } = await start({
      controllers: [GuardedController],
      providers: [{ provide: APP_GUARD, useClass: WebhookSignatureGuard }],
    });
    expect((await deliver({ path: '/guarded' })).status).toBe(200);
    expect((await deliver({ path: '/guarded', signature: undefined })).status).toBe(400);
  });

  it('carries the event on the request, where another copy of the library finds it', async () => {
    const { deliver } = await start({ controllers: [TwoGuardsController] });
    expect((await deliver({ path: '/two-guards' })).status).toBe(200);
  });

  it('keeps the secrets of two accounts apart', async () => {
    const emea = { name: 'emea', secretKey: 'secret-emea', webhookSecret: 'whsec_of_emea_1f0c2e' };
    const { app, deliver } = await start({
      imports: [GlomopayModule.forRoot(emea)],
      controllers: [EmeaController, GuardedController],
    });
    const emeaSigned = sign(BODY, 'whsec_of_emea_1f0c2e');
    const statuses = [
      await deliver({ path: '/emea', signature: emeaSigned }),
      await deliver({ path: '/emea', signature: SIGNATURE }),
      await deliver({ path: '/guarded', signature: emeaSigned }),
      await deliver({ path: '/guarded', signature: SIGNATURE }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 401, 401, 200]);
    const verifier: WebhookVerifier = app.get(getGlomopayToken(WebhookVerifier, 'emea'));
    expect(verifier.verify(BODY, emeaSigned).type).toBe('payout.success');
    expect(app.get(WebhookVerifier).verify(BODY, SIGNATURE).type).toBe('payout.success');
  });

  it('logs nothing of what was sent, and no more than a line a second for each reason', async () => {
    const { deliver, log } = await start();
    const started = log.lines.length;
    const body =
      '{"data":{"notes":{"memo":"4111111111111111 c4n4ry"}},"entity_type":"pay\\u001b[2Jment","event_type":"c4n4ry"}';
    const before = performance.now();
    for (let count = 0; count < 50; count += 1) {
      await deliver({ body });
      await deliver({ body, signature: `c4n4ry${'0'.repeat(58)}` });
      await deliver({ body, signature: 'c4n4ry' });
      await deliver({ body, signature: undefined, headers: { 'x-other': 'c4n4ry' } });
    }
    const seconds = Math.ceil((performance.now() - before) / 1_000);
    await deliver({ body: body.replace('pay\\u001b[2Jment', 'payment') });
    const said = log.lines.slice(started);
    expect(said.filter((line) => line.includes('malformed')).length).toBeLessThanOrEqual(seconds);
    expect(said.filter((line) => line.includes('readable')).length).toBeLessThanOrEqual(seconds);
    expect(said.filter((line) => line.includes('mismatch')).length).toBeLessThanOrEqual(seconds);
    expect(said.length).toBeGreaterThanOrEqual(2);
    expect(said.join('\n')).not.toMatch(/c4n4ry|4111|memo|\\u001b|\[2J/);
    for (const line of said)
      expect(line).toMatch(/webhook (?:refused: \w+|taken, but not readable) \(\d+/);
  });

  it('pollutes no prototype by a signed body; Fastify refuses one unless told otherwise', async () => {
    const body =
      '{"data":{"id":"payt_1","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}},' +
      '"entity_type":"payment","event_type":"success"}';
    const { deliver } = await start();
    const answer = await deliver({ body });
    expect(answer.status).toBe(platform === 'express' ? 200 : 400);
    const lenient = await startHost(platform, {
      fastify: new FastifyAdapter({
        onProtoPoisoning: 'remove',
        onConstructorPoisoning: 'remove',
      }),
    });
    const second = await lenient.deliver({ body });
    await lenient.close();
    expect([second.status, JSON.parse(second.body)]).toEqual([
      200,
      { type: 'payment.success', data: { id: 'payt_1' } },
    ]);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });
});
