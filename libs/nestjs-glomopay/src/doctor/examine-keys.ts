import type { GlomopayConfig } from '../config/glomopay-config.js';
import type { KeyRing } from '../config/key-ring.js';
import { claimsOf } from '../config/secret-keys.js';
import { reveal } from '../values/secret.js';
import { findingsOf, type Finding } from './finding.js';

const SOON_MS = 7 * 24 * 3_600_000;
const keys = findingsOf('keys');
const webhook = findingsOf('webhook secret');

/** What the keys say of themselves. Their signatures are the gateway's own business. */
export function examineKeys(config: GlomopayConfig, now: number): readonly Finding[] {
  return [
    // Not those that only verify for a while: their end is what a rotation is for.
    ...config.secretKeys
      .active()
      .slice(0, config.secretKeys.state().present)
      .map((key) => lifetimeOf(reveal(key), now)),
    ...providerOf(keys, config.secretKeys),
    environment(config),
    ...webhookSecrets(config),
  ];
}

function lifetimeOf(key: string, now: number): Finding {
  const expires = claimsOf(key)['exp'];
  if (typeof expires !== 'number') return keys.fine('a key without an end');
  const leftMs = expires * 1_000 - now;
  if (leftMs <= 0) {
    return keys.fault(
      'a key has expired',
      'remove it from secretKey, or rotate it in the dashboard',
    );
  }
  return leftMs < SOON_MS
    ? keys.advice(
        'a key expires within a week',
        'rotate it in the dashboard and give both for a while',
      )
    : keys.fine('a key that lives for more than a week');
}

/** Whether what a provider was asked for last could be used. */
function providerOf(about: typeof keys, ring: KeyRing): readonly Finding[] {
  const { source, fault } = ring.state();
  if (source === 'fixed') return [];
  return [
    fault === undefined
      ? about.fine('a provider was asked, and what it gave is in use')
      : about.fault(
          `what was given before is still in use: ${fault}`,
          'mend the vault or the provider; it is asked again by itself',
        ),
  ];
}

function environment({ environment: known, baseUrl }: GlomopayConfig): Finding {
  if (known === undefined) {
    return keys.advice(
      'nothing says whether this is the sandbox or production',
      "set environment: 'sandbox' or 'production', so that a wrong key stops the boot",
    );
  }
  return keys.fine(`calls go to ${baseUrl} in the ${known} environment`);
}

function webhookSecrets({ webhookSecrets: secrets, warnings }: GlomopayConfig): readonly Finding[] {
  if (secrets === undefined) {
    return [
      webhook.advice(
        'there is none, so webhooks cannot be verified',
        'set webhookSecret to the secret of the endpoint in the dashboard',
      ),
    ];
  }
  return [
    webhook.fine(`${secrets.active().length} active`),
    ...providerOf(webhook, secrets),
    ...warnings.map((warning) => webhook.advice(warning, 'take the secret of the webhook page')),
  ];
}
