import type { Server } from 'node:http';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../config/glomopay.tokens.js';
import { webhookPaths } from './guarded-routes.js';
import { lineOf, type Finding } from './finding.js';

/**
 * With the option `doctor` examines the application once it listens, and says in the log what is
 * wrong and how to mend it. For development: in production it does nothing.
 */
@Injectable()
export class BootDoctor implements OnApplicationBootstrap {
  readonly #logger = new Logger('GlomopayDoctor');
  readonly #config: GlomopayConfig;
  readonly #host: HttpAdapterHost;
  readonly #modules: ModulesContainer;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ModulesContainer) modules: ModulesContainer,
  ) {
    this.#config = config;
    this.#host = host;
    this.#modules = modules;
  }

  onApplicationBootstrap(): void {
    if (!this.#config.doctor || process.env['NODE_ENV'] === 'production') return;
    const server: Server | undefined = this.#host.httpAdapter?.getHttpServer();
    if (server === undefined) void this.#examine(undefined);
    else if (server.listening) void this.#examine(originOf(server));
    else server.once('listening', () => void this.#examine(originOf(server)));
  }

  async #examine(origin: string | undefined): Promise<void> {
    try {
      // Not loaded by an application that does not ask for it.
      const { examine } = await import('./examine.js');
      const host =
        origin === undefined ? undefined : { origin, webhookPaths: webhookPaths(this.#modules) };
      for (const finding of await examine(this.#config, host)) this.#say(finding);
    } catch (thrown) {
      this.#logger.warn(`gave up: ${thrown instanceof Error ? thrown.name : 'unknown'}`);
    }
  }

  #say(finding: Finding): void {
    if (finding.level === 'fine') this.#logger.log(lineOf(finding));
    else if (finding.level === 'advice') this.#logger.warn(lineOf(finding));
    else this.#logger.error(lineOf(finding));
  }
}

/** An address of this machine at which the server answers. */
function originOf(server: Server): string | undefined {
  const address = server.address();
  if (typeof address !== 'object' || address === null) return undefined;
  const everywhere = address.address === '::' || address.address === '0.0.0.0';
  const name = everywhere ? 'localhost' : address.address;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}
