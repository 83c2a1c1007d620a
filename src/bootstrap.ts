import { once } from 'node:events';
import type { Server } from 'node:http';
import { Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { serveApiDocs } from './api-docs/api-docs.js';
import { AppModule } from './app.module.js';
import type { Environment } from './config/read-settings.js';
import { SettingsModule } from './config/settings.module.js';
import { ShopSettings } from './config/shop-settings.js';
import { GatewayAccount } from './local-gateway/gateway-account.js';
import { openGateway } from './local-gateway/open-gateway.js';
import { OperationsAccess } from './operations/operations-access.js';
import { answerBodyFault } from './problems/body-faults.js';
import { ShopLogger } from './shop-logger.js';
import { oneAddress } from './storefront/one-address.js';
import { securityHeaders } from './storefront/security-headers.js';

/** Enough for a checkout many times over. */
const BODY_LIMIT = '16kb';
const REQUEST_TIMEOUT_MS = 30_000;

export interface ShopOptions {
  /** Read in place of `.env` and the environment of the process. */
  readonly environment?: Environment;
  readonly logger?: LoggerService | false;
}

/**
 * Builds the shop, with its gateway open but not yet listening. Closing it closes everything.
 *
 * @throws {ShopConfigurationError} the environment has faults.
 */
export async function createApp(options: ShopOptions = {}): Promise<NestExpressApplication> {
  const { settings, module } = await SettingsModule.read(options.environment);
  const account = await openGateway(settings);
  try {
    const app = await NestFactory.create<NestExpressApplication>(AppModule.with(module, account), {
      abortOnError: false,
      bodyParser: false,
      // Kept back until the shop stands: a fault at start is one message, not a stack trace.
      bufferLogs: true,
      autoFlushLogs: false,
      logger: options.logger ?? new ShopLogger(),
    });
    harden(app, settings);
    serveApiDocs(app);
    if (!account.takesWebhooks) {
      new Logger('Shop').warn(
        'Webhooks are off, because GLOMOPAY_WEBHOOK_SECRET is not set: outcomes come from browsers and by asking',
      );
    }
    app.flushLogs();
    return app;
  } catch (error) {
    await account.onApplicationShutdown();
    throw error;
  }
}

/** Everything that stands before the routes, in the order in which a request meets it. */
function harden(app: NestExpressApplication, settings: ShopSettings): void {
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', settings.trustedProxies);
  app.use(securityHeaders(settings));
  app.use(oneAddress(settings));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(answerBodyFault);
  const server = app.getHttpServer();
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS / 2;
}

/** Starts the shop, or says in one message why it cannot and lets the process end with 1. */
export async function runShop(): Promise<void> {
  try {
    const app = await createApp();
    app.enableShutdownHooks();
    const settings = app.get(ShopSettings);
    try {
      await listen(app, settings.port);
    } catch (error) {
      await app.close();
      throw error;
    }
    announce(settings, app.get(GatewayAccount), app.get(OperationsAccess));
  } catch (error) {
    new ShopLogger('Shop').error(startFault(error));
    process.exitCode = 1;
  }
}

/** Listens by itself: Nest would log a port in use with a trace before it tells us. */
async function listen(app: NestExpressApplication, port: number): Promise<void> {
  await app.init();
  const server: Server = app.getHttpServer();
  await once(server.listen(port), 'listening');
}

function announce(
  settings: ShopSettings,
  account: GatewayAccount,
  operations: OperationsAccess,
): void {
  const logger = new Logger('Shop');
  logger.log(`Open ${settings.publicUrl} (API: ${settings.publicUrl}/docs)`);
  logger.log(
    account.isLocal
      ? `Payments go to the sandbox in this process, ${account.baseUrl}: no real money moves`
      : `Payments go to the gateway in ${account.mode} mode`,
  );
  const password = operations.passwordMadeAtStart();
  if (password !== undefined) {
    logger.log(
      `Operations: ${settings.publicUrl}/operations, any user, password ${password} (until this process ends)`,
    );
  }
}

function startFault(error: unknown): string {
  if (isPortInUse(error)) {
    return `Port ${error.port} is in use. Is the shop running already? Stop it, or set PORT and SANDBOX_PORT.`;
  }
  return error instanceof Error ? error.message : 'The shop cannot start';
}

function isPortInUse(error: unknown): error is { readonly port: number } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'EADDRINUSE' &&
    'port' in error
  );
}
