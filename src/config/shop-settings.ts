import { type EnvironmentVariables } from './environment-variables.js';

/** How to reach the gateway with the merchant's own key. */
export interface GatewayCredentials {
  readonly secretKeys: readonly string[];
  readonly webhookSecret?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/**
 * The checked configuration. Keys are kept out of its fields, so printing or serialising it shows
 * none of them.
 */
export class ShopSettings {
  readonly port: number;
  /** Scheme, host and port under which buyers open the shop, without a trailing slash. */
  readonly publicUrl: string;
  readonly callbackUrl: string;
  readonly dataDir: string;
  readonly trustedProxies: number;
  readonly sandboxPort: number;
  readonly gatewayEnvironment: 'sandbox' | 'production' | undefined;
  readonly paymentsPath: '/api/v1/payments' | '/api/v1/payment' | undefined;
  readonly customerId: string | undefined;
  readonly isProduction: boolean;
  readonly #credentials: GatewayCredentials | undefined;

  constructor(variables: EnvironmentVariables, publicUrl: string) {
    this.port = variables.PORT;
    this.publicUrl = publicUrl;
    this.callbackUrl = variables.GLOMOPAY_CALLBACK_URL ?? `${publicUrl}/payment/callback`;
    this.dataDir = variables.DATA_DIR;
    this.trustedProxies = variables.TRUST_PROXY;
    this.sandboxPort = variables.SANDBOX_PORT;
    this.gatewayEnvironment = variables.GLOMOPAY_ENVIRONMENT;
    this.paymentsPath = variables.GLOMOPAY_PAYMENTS_PATH;
    this.customerId = variables.SHOP_CUSTOMER_ID;
    this.isProduction = variables.NODE_ENV === 'production';
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

  /** The merchant's own key and where to use it; `undefined` means: use a local sandbox. */
  gatewayCredentials(): GatewayCredentials | undefined {
    return this.#credentials;
  }
}
