import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_GUARD, APP_PIPE, NestFactory, Reflector } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import {
  CallbackSignatureGuard,
  type GlomopayCallback,
  GlomopayModule,
  VerifiedCallback,
} from 'nestjs-glomopay';
import { platforms, send } from '../support/nest-host.js';
import { CallbackController, KEY, QUERY, startHost, verified } from './callback-host.js';

const Public = () => SetMetadata('public', true);

/** A host's guard that refuses whatever is not marked. */
@Injectable()
class LoggedIn implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.get<boolean | undefined>('public', context.getHandler()) === true;
  }
}

@Controller()
class MarkedController {
  @Get('marked')
  @Public()
  @UseGuards(CallbackSignatureGuard)
  marked(@VerifiedCallback() callback: GlomopayCallback) {
    return callback;
  }

  @Get('unmarked')
  @UseGuards(CallbackSignatureGuard)
  unmarked(@VerifiedCallback() callback: GlomopayCallback) {
    return callback;
  }
}

@Controller()
class UnguardedController {
  @Get('callback')
  finish(@VerifiedCallback() callback: GlomopayCallback) {
    return callback;
  }
}

@Controller({ path: 'payments', version: '2' })
class VersionedController extends CallbackController {}

@Controller()
@UseGuards(CallbackSignatureGuard)
class GuardedController {
  @Get('callback')
  finish(@VerifiedCallback() callback: GlomopayCallback) {
    return callback;
  }
}

describe.each(platforms)('A callback route on %s', (platform) => {
  it('is refused by a guard of the application unless it carries the mark of that guard', async () => {
    const host = await startHost(platform, {
      controllers: [MarkedController],
      providers: [{ provide: APP_GUARD, useClass: LoggedIn }],
    });
    const marked = await host.get(`/marked?${QUERY}`);
    const forged = await host.get(`/marked?${QUERY}0`);
    const unmarked = await host.get(`/unmarked?${QUERY}`);
    await host.close();
    expect([marked.status, forged.status, unmarked.status]).toEqual([200, 400, 403]);
    expect(JSON.parse(marked.body)).toEqual(verified);
  });

  it.each(['global', 'injected'])('is not disturbed by the strictest %s pipe', async (kind) => {
    const pipe = new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
    });
    const host = await startHost(platform, {
      providers: kind === 'injected' ? [{ provide: APP_PIPE, useValue: pipe }] : [],
      prepare: (app) => void (kind === 'global' && app.useGlobalPipes(pipe)),
    });
    const answer = await host.get(`/callback?${QUERY}&error=declined&utm_source=mail`);
    await host.close();
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { ...verified, error: 'declined' },
    ]);
  });

  it('works under a prefix and a version', async () => {
    const host = await startHost(platform, {
      controllers: [VersionedController],
      prepare: (app) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.URI });
      },
    });
    const accepted = await host.get(`/api/v2/payments/callback?${QUERY}`);
    const refused = await host.get(`/api/v2/payments/callback?${QUERY}&status=failed`);
    await host.close();
    expect([accepted.status, refused.status]).toEqual([200, 400]);
  });

  it('works with the guard on its class, and as a guard of the whole application', async () => {
    const onClass = await startHost(platform, { controllers: [GuardedController] });
    const first = [
      await onClass.get(`/callback?${QUERY}`),
      await onClass.get(`/callback?${QUERY}0`),
    ];
    await onClass.close();
    const everywhere = await startHost(platform, {
      controllers: [UnguardedController],
      providers: [{ provide: APP_GUARD, useExisting: CallbackSignatureGuard }],
    });
    const second = [
      await everywhere.get(`/callback?${QUERY}`),
      await everywhere.get(`/callback?${QUERY}0`),
    ];
    await everywhere.close();
    expect([...first, ...second].map(({ status }) => status)).toEqual([200, 400, 200, 400]);
  });

  it('without the guard answers 500, tells the visitor nothing and the log why', async () => {
    const host = await startHost(platform, { controllers: [UnguardedController] });
    const answer = await host.get(`/callback?${QUERY}&error=c4n4ry`);
    await host.close();
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      500,
      { statusCode: 500, message: 'Internal server error' },
    ]);
    expect(host.log.text).toContain('@VerifiedCallback() needs @UseGuards(CallbackSignatureGuard)');
    expect(host.log.text).not.toMatch(/c4n4ry|order_68c|1a76fa7c/);
  });

  it('takes an address in absolute form', async () => {
    const host = await startHost(platform);
    const answer = await host.get(`http://shop.example/callback?${QUERY}`);
    await host.close();
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, verified]);
  });
});

describe('A callback route on Express', () => {
  it.each(['simple', 'extended'])('reads the raw query beside the %s parser', async (parser) => {
    const host = await startHost('express', {
      prepare: (app) => void (app as NestExpressApplication).set('query parser', parser),
    });
    const accepted = await host.get(`/callback?${QUERY}&note[a][b]=1`);
    const disguises = [
      `${QUERY}&order_id[]=order_z`,
      QUERY.replace('order_id', 'order_id[0]'),
      `${QUERY}&status[toString]=1`,
      `${QUERY}&%73tatus=failed`,
    ];
    const refused = await Promise.all(disguises.map((query) => host.get(`/callback?${query}`)));
    await host.close();
    expect([accepted.status, ...refused.map(({ status }) => status)]).toEqual([
      200, 400, 400, 400, 400,
    ]);
  });

  it('works inside another Express application that cuts the path', async () => {
    class AppModule {}
    const [outer, middle, inner] = [
      new ExpressAdapter(),
      new ExpressAdapter(),
      new ExpressAdapter(),
    ];
    const nest = await NestFactory.create(
      {
        module: AppModule,
        imports: [GlomopayModule.forRoot({ secretKey: KEY })],
        controllers: [CallbackController],
      },
      inner,
      { logger: false },
    );
    await nest.init();
    outer.use('/shop', middle.getInstance());
    middle.use('/v1', inner.getInstance());
    const server = createServer(outer.getInstance<RequestListener>()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const accepted = await send(port, `/shop/v1/callback?${QUERY}`);
    const refused = await send(port, `/shop/v1/callback?${QUERY}&status=failed`);
    server.close();
    await nest.close();
    expect([accepted.status, JSON.parse(accepted.body), refused.status]).toEqual([
      200,
      verified,
      400,
    ]);
  });
});
