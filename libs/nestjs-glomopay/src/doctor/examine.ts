import type { GlomopayConfig } from '../config/glomopay-config.js';
import { leaks } from '../config/process-leaks.js';
import { reveal } from '../values/secret.js';
import { examineCallback } from './examine-callback.js';
import { examineGateway } from './examine-gateway.js';
import { examineKeys } from './examine-keys.js';
import { examineWebhook } from './examine-webhook.js';
import { findingsOf, type Finding } from './finding.js';

/** A running application, as a stranger sees it. */
export interface ExaminedHost {
  /** `http://127.0.0.1:3000`, without a slash at the end. */
  readonly origin: string;
  /** Paths of the routes for webhooks. */
  readonly webhookPaths: readonly string[];
  /** Path of the callback; that of `callbackUrl` unless it is another one on this side of a proxy. */
  readonly callbackPath?: string | undefined;
}

/**
 * Looks at a configuration, at the gateway, and at a running application from outside. No money
 * endpoint is called, no key is sent, and no finding holds a value of one.
 */
export async function examine(
  config: GlomopayConfig,
  host: ExaminedHost | undefined,
): Promise<readonly Finding[]> {
  return [
    ...examineKeys(config, Date.now()),
    await examineGateway(config),
    ...(host === undefined ? [] : await routes(config, host)),
    ...leaks({ ...process.env, NODE_ENV: 'production' }).map((leak) =>
      findingsOf('process').advice(leak, 'before production'),
    ),
  ];
}

async function routes(
  { callbackUrl, webhookSecrets }: GlomopayConfig,
  { origin, webhookPaths, callbackPath }: ExaminedHost,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const path =
    callbackPath ?? (callbackUrl === undefined ? undefined : new URL(callbackUrl).pathname);
  findings.push(path === undefined ? noCallback() : await examineCallback(origin, path));
  if (webhookSecrets === undefined) return findings;
  const [secret] = webhookSecrets.active();
  for (const each of webhookPaths) {
    findings.push(await examineWebhook(origin, each, reveal(secret)));
  }
  if (webhookPaths.length === 0) findings.push(noWebhook());
  return findings;
}

function noCallback(): Finding {
  return findingsOf('callback route').advice(
    'no callbackUrl, so every payment has to name one',
    'set callbackUrl to the address of your guarded route',
  );
}

function noWebhook(): Finding {
  return findingsOf('webhook route').advice(
    'none was found',
    'add webhooks: { path } to GlomopayTrackingModule, or a route with WebhookSignatureGuard',
  );
}
