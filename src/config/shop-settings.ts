import type { EnvironmentVariables } from './environment-variables.js';

/** How to reach the gateway with the merchant's own key. */
export interface GatewayCredentials {
  readonly secretKeys: readonly string[];
  readonly webhookSecret?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/**
 * The checked configuration. Keys, tokens and the addresses of the database and of Redis, which have
 * passwords in them, are kept out of its fields, so printing or serialising it shows none of them.
 */
export class ShopSettings {
  readonly port: number;
  /** Scheme, host and port under which buyers open the shop, without a trailing slash. */
  readonly publicUrl: string;
  readonly callbackUrl: string;
  readonly dataDir: string;
  readonly trustedProxies: number;
  readonly checkoutsPerMinute: number;
  readonly sweepEveryMs: number;
  readonly sweepFirstCheckMs: number;
  readonly sandboxPort: number;
  readonly gatewayEnvironment: 'sandbox' | 'production' | undefined;
  readonly paymentsPath: '/api/v1/payments' | '/api/v1/payment' | undefined;
  readonly customerId: string | undefined;
  readonly isProduction: boolean;
  readonly #databaseUrl: string | undefined;
  readonly #redisUrl: string | undefined;
  readonly #operationsToken: string | undefined;
  readonly #credentials: GatewayCredentials | undefined;

  constructor(variables: EnvironmentVariables, publicUrl: string) {
    this.port = variables.PORT;
    this.publicUrl = publicUrl;
    this.callbackUrl = variables.GLOMOPAY_CALLBACK_URL ?? `${publicUrl}/payment/callback`;
    this.dataDir = variables.DATA_DIR;
    this.trustedProxies = variables.TRUST_PROXY;
    this.checkoutsPerMinute = variables.CHECKOUTS_PER_MINUTE;
    this.sweepEveryMs = variables.SWEEP_EVERY_MS;
    this.sweepFirstCheckMs = variables.SWEEP_FIRST_CHECK_MS;
    this.sandboxPort = variables.SANDBOX_PORT;
    this.gatewayEnvironment = variables.GLOMOPAY_ENVIRONMENT;
    this.paymentsPath = variables.GLOMOPAY_PAYMENTS_PATH;
    this.customerId = variables.SHOP_CUSTOMER_ID;
    this.isProduction = variables.NODE_ENV === 'production';
    this.#databaseUrl = variables.DATABASE_URL;
    this.#redisUrl = variables.REDIS_URL;
    this.#operationsToken = variables.OPERATIONS_TOKEN;
    const secretKey = variables.GLOMOPAY_SECRET_KEY;
    this.#credentials =
      secretKey === undefined
        ? undefined
        : {
            secretKeys: secretKey.split(','),
            webhookSecret: variables.GLOMOPAY_WEBHOOK_SECRET,
            baseUrl: variables.GLOMOPAY_BASE_URL,
          };
  }

  /** Whether buyers reach the shop over https: cookies are then `Secure` and HSTS is sent. */
  get isHttps(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** The address of the Postgres to use; `undefined` means: a file in {@link dataDir}. */
  databaseUrl(): string | undefined {
    return this.#databaseUrl;
  }

  /** The Redis that spreads work over processes; `undefined` means: each does what it receives. */
  redisUrl(): string | undefined {
    return this.#redisUrl;
  }

  /** The password of the operations page; `undefined` means: none was chosen. */
  operationsToken(): string | undefined {
    return this.#operationsToken;
  }

  /** The merchant's own key and where to use it; `undefined` means: use a local sandbox. */
  gatewayCredentials(): GatewayCredentials | undefined {
    return this.#credentials;
  }
}
