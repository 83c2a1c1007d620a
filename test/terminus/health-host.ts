import type { AddressInfo } from 'node:net';
import { Controller, Get, Inject, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { GlomopayModule, type GlomopayModuleOptions } from 'nestjs-glomopay';
import { GlomopayHealthIndicator, type GlomopayHealthOptions } from 'nestjs-glomopay/terminus';
import { CapturedLog } from '../support/captured-log.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

/** What Terminus answers. */
export interface HealthAnswer {
  readonly status: number;
  readonly text: string;
  /** What it says about us. */
  readonly glomopay: Readonly<Record<string, unknown>>;
}

/** A running application with a health route. */
export interface HealthHost {
  readonly app: INestApplication;
  readonly log: CapturedLog;
  /** Probes the route; the options are those of the next probes too. */
  probe(options?: GlomopayHealthOptions): Promise<HealthAnswer>;
  stop(): Promise<void>;
}

type Imports = NonNullable<Parameters<typeof Module>[0]['imports']>;

export async function startHealthHost(
  platform: Platform,
  gateway: Pick<GlomopayModuleOptions, 'secretKey' | 'webhookSecret' | 'baseUrl'>,
  imports: Imports = [],
): Promise<HealthHost> {
  let options: GlomopayHealthOptions = {};
  @Controller()
  class HealthController {
    constructor(
      @Inject(HealthCheckService) private readonly health: HealthCheckService,
      @Inject(GlomopayHealthIndicator) private readonly glomopay: GlomopayHealthIndicator,
    ) {}

    @Get('health')
    check() {
      return this.health.check([() => this.glomopay.isHealthy('glomopay', options)]);
    }
  }
  @Module({
    imports: [
      GlomopayModule.forRoot({ ...gateway, callbackUrl: 'https://shop.example/back' }),
      ...imports,
      TerminusModule,
    ],
    controllers: [HealthController],
    providers: [GlomopayHealthIndicator],
  })
  class AppModule {}
  const log = new CapturedLog();
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: log, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    log,
    probe: async (given = options) => {
      options = given;
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      const text = await response.text();
      const { details = {} } = JSON.parse(text) as { details?: Record<string, object> };
      return { status: response.status, text, glomopay: { ...details['glomopay'] } };
    },
    stop: () => app.close(),
  };
}
