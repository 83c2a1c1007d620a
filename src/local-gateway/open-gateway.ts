import { randomUUID } from 'node:crypto';
import type { GlomopayModuleOptions } from 'nestjs-glomopay';
import { ShopConfigurationError } from '../config/shop-configuration.error.js';
import type { GatewayCredentials, ShopSettings } from '../config/shop-settings.js';
import { WEBHOOK_PATH } from '../payment-events/webhook-path.js';
import { GatewayAccount } from './gateway-account.js';
import { readKeyClaims } from './key-claims.js';

/**
 * Opens the gateway account of the settings: the merchant's own, or, without a key, a sandbox inside
 * this process.
 *
 * @throws {ShopConfigurationError} there is no key and this is production.
 */
export async function openGateway(settings: ShopSettings): Promise<GatewayAccount> {
  const credentials = settings.gatewayCredentials();
  return credentials ? ownAccount(settings, credentials) : localSandbox(settings);
}

function ownAccount(settings: ShopSettings, credentials: GatewayCredentials): GatewayAccount {
  const claims = readKeyClaims(credentials.secretKeys);
  const mode = settings.gatewayEnvironment ?? claims.environment ?? 'production';
  return new GatewayAccount({
    id: [mode, claims.subject ?? 'merchant', credentials.baseUrl ?? 'default'].join(' '),
    mode,
    isLocal: false,
    moduleOptions: {
      ...sharedOptions(settings),
      secretKey: credentials.secretKeys,
      ...(credentials.webhookSecret && { webhookSecret: credentials.webhookSecret }),
      ...(credentials.baseUrl && { baseUrl: credentials.baseUrl }),
      ...(settings.gatewayEnvironment && { environment: settings.gatewayEnvironment }),
    },
  });
}

async function localSandbox(settings: ShopSettings): Promise<GatewayAccount> {
  if (settings.isProduction || settings.gatewayEnvironment === 'production') {
    throw new ShopConfigurationError([
      'GLOMOPAY_SECRET_KEY is needed in production: the sandbox takes no real payments',
    ]);
  }
  // Only here, so that a production installation may leave the sandbox out.
  const { GlomopaySandbox } = await import('glomopay-sandbox');
  const sandbox = await GlomopaySandbox.start({
    port: settings.sandboxPort,
    merchantName: 'Harbour Lane Coffee',
    // By the address, because "localhost" may mean another one to the sandbox than to the shop.
    webhookUrl: `http://127.0.0.1:${settings.port}${WEBHOOK_PATH}`,
  });
  return new GatewayAccount({
    // The sandbox forgets everything when it stops, so what we remember about it ends with it too.
    id: `local ${randomUUID()}`,
    mode: 'sandbox',
    isLocal: true,
    moduleOptions: {
      ...sharedOptions(settings),
      secretKey: sandbox.secretKey,
      webhookSecret: sandbox.webhookSecret,
      baseUrl: sandbox.url,
    },
    close: () => sandbox.stop(),
  });
}

function sharedOptions(
  settings: ShopSettings,
): Pick<GlomopayModuleOptions, 'callbackUrl' | 'paymentsPath'> {
  return {
    callbackUrl: settings.callbackUrl,
    ...(settings.paymentsPath && { paymentsPath: settings.paymentsPath }),
  };
}
