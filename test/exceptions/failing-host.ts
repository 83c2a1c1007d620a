import {
  BadRequestException,
  type CanActivate,
  Controller,
  Get,
  Inject,
  Injectable,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GlomopayExceptionFilter } from 'nestjs-glomopay';
import { type NestHost, type Platform, startNestHost } from '../support/nest-host.js';

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
export interface FailingHost extends NestHost {
  get(path: string, failure?: unknown): Promise<Response>;
}

/** With the filter on one controller, or as the filter of the application. */
export async function failingHost(platform: Platform, everywhere = false): Promise<FailingHost> {
  const host = await startNestHost(platform, {
    controllers: [FilteredController, PlainController],
    providers: [
      Failure,
      Thrower,
      ...(everywhere ? [{ provide: APP_FILTER, useClass: GlomopayExceptionFilter }] : []),
    ],
  });
  return {
    ...host,
    get: (path, failure) => {
      host.app.get(Failure).next = failure;
      return fetch(`http://127.0.0.1:${host.port}${path}`);
    },
  };
}
