import type { OnApplicationShutdown } from '@nestjs/common';
import type { GlomopayModuleOptions } from 'nestjs-glomopay';

interface GatewayAccountParts {
  readonly id: string;
  readonly mode: 'sandbox' | 'production';
  readonly isLocal: boolean;
  readonly moduleOptions: GlomopayModuleOptions;
  readonly close?: () => Promise<void>;
}

/** The gateway account this shop collects with. Its keys are not among its fields. */
export class GatewayAccount implements OnApplicationShutdown {
  /** Tells records of one account from those of another; the same after a key rotation. */
  readonly id: string;
  /** Whether money moves. Anything not known to be a sandbox counts as production. */
  readonly mode: 'sandbox' | 'production';
  /** Whether the gateway is the sandbox inside this process. */
  readonly isLocal: boolean;
  readonly #moduleOptions: GlomopayModuleOptions;
  readonly #close: (() => Promise<void>) | undefined;

  constructor(parts: GatewayAccountParts) {
    this.id = parts.id;
    this.mode = parts.mode;
    this.isLocal = parts.isLocal;
    this.#moduleOptions = parts.moduleOptions;
    this.#close = parts.close;
  }

  /** Where the gateway is, if it is not the library's default. */
  get baseUrl(): string | undefined {
    return this.#moduleOptions.baseUrl;
  }

  /** Whether the gateway's webhooks can be told from forged ones. Only then are they taken. */
  get takesWebhooks(): boolean {
    return this.#moduleOptions.webhookSecret !== undefined;
  }

  /** What `GlomopayModule` is configured with. */
  moduleOptions(): GlomopayModuleOptions {
    return this.#moduleOptions;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#close?.();
  }
}
