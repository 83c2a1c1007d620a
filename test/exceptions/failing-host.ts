import type { AddressInfo } from 'node:net';
import {
  BadRequestException,
  type CanActivate,
  Controller,
  Get,
  type INestApplication,
  Inject,
  Injectable,
  Module,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { GlomopayExceptionFilter } from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';
import type { Platform } from '../callback/callback-host.js';

/** What the next request ends with. */
export class Failure {
  next: unknown;
}

@Injectable()
class Thrower implements CanActivate {
  constructor(@Inject(Failure) private readonly failure: Failure) {}

  canActivate(): boolean {
    throw this.failure.next;
  }
}

abstract class Routes {
  abstract readonly failure: Failure;

  @Get('fails')
  fails(): never {
    throw this.failure.next;
  }

  @Get('http')
  http(): never {
    throw new BadRequestException('of the host');
  }
}

@Controller('filtered')
@UseFilters(GlomopayExceptionFilter)
class FilteredController extends Routes {
  constructor(@Inject(Failure) readonly failure: Failure) {
    super();
  }

  @Get('guarded')
  @UseGuards(Thrower)
  guarded(): void {}
}

@Controller('plain')
class PlainController extends Routes {
  constructor(@Inject(Failure) readonly failure: Failure) {
    super();
  }
}

/** A host whose routes fail as they are told. */
export interface FailingHost {
  readonly log: CapturedLog;
  get(path: string, failure?: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** With the filter on one controller, or as the filter of the application. */
export async function failingHost(platform: Platform, everywhere = false): Promise<FailingHost> {
  class AppModule {}
  Module({
    controllers: [FilteredController, PlainController],
    providers: [
      Failure,
      Thrower,
      ...(everywhere ? [{ provide: APP_FILTER, useClass: GlomopayExceptionFilter }] : []),
    ],
  })(AppModule);
  const log = new CapturedLog();
  const app: INestApplication =
    platform === 'express'
      ? await NestFactory.create(AppModule, { logger: log })
      : await NestFactory.create(AppModule, new FastifyAdapter(), { logger: log });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    log,
    get: (path, failure) => {
      app.get(Failure).next = failure;
      return fetch(`http://127.0.0.1:${port}${path}`);
    },
    close: () => app.close(),
  };
}
