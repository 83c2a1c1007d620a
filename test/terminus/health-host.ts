import { Controller, Get, Inject, type ModuleMetadata } from '@nestjs/common';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { GlomopayModule, type GlomopayModuleOptions } from 'nestjs-glomopay';
import { GlomopayHealthIndicator, type GlomopayHealthOptions } from 'nestjs-glomopay/terminus';
import { type NestHost, type Platform, startNestHost } from '../support/nest-host.js';

/** What Terminus answers. */
export interface HealthAnswer {
  readonly status: number;
  readonly text: string;
  /** What it says about us. */
  readonly glomopay: Readonly<Record<string, unknown>>;
}

/** A running application with a health route. */
export interface HealthHost extends NestHost {
  /** Probes the route; the options are those of the next probes too. */
  probe(options?: GlomopayHealthOptions): Promise<HealthAnswer>;
}

export async function startHealthHost(
  platform: Platform,
  gateway: Pick<GlomopayModuleOptions, 'secretKey' | 'webhookSecret' | 'baseUrl'>,
  imports: NonNullable<ModuleMetadata['imports']> = [],
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
  const host = await startNestHost(platform, {
    imports: [
      GlomopayModule.forRoot({ ...gateway, callbackUrl: 'https://shop.example/back' }),
      ...imports,
      TerminusModule,
    ],
    controllers: [HealthController],
    providers: [GlomopayHealthIndicator],
  });
  return {
    ...host,
    probe: async (given = options) => {
      options = given;
      const response = await fetch(`http://127.0.0.1:${host.port}/health`);
      const text = await response.text();
      const { details = {} } = JSON.parse(text) as { details?: Record<string, object> };
      return { status: response.status, text, glomopay: { ...details['glomopay'] } };
    },
  };
}
