import type { GlomopayEvent } from '../webhooks/glomopay-event.js';
import { GlomopayTestingModule } from './glomopay-testing.module.js';
import { GlomopayMerchantsTestingModule } from './glomopay-merchants-testing.module.js';
import { GlomopayScript } from './script/glomopay-script.js';
import { GlomopayScripts } from './script/glomopay-scripts.js';
import { expectNoSecrets } from './secrets/expect-no-secrets.js';
import { signCallback } from './signing/sign-callback.js';
import type { GlomopayCallback } from '../callback/callback.js';
import { signWebhook } from './signing/sign-webhook.js';
import { verifiedCallback } from './signing/verified-callback.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

export function signing(event: GlomopayEvent): void {
  const said = { orderId: 'order_1', paymentId: 'payt_1', status: 'success' } as const;
  signCallback(said, 'key', 'uppercase').search satisfies string;
  // @ts-expect-error there is no such way to spoil one
  signCallback(said, 'key', 'sideways');
  // @ts-expect-error the gateway signs success and failed only
  signCallback({ ...said, status: 'pending' }, 'key');

  verifiedCallback(said) satisfies GlomopayCallback;
  // @ts-expect-error the gateway signs success and failed only
  verifiedCallback({ ...said, status: 'pending' });

  signWebhook(event, 'secret').body satisfies Buffer;
  signWebhook({ type: 'refund.utr.updated', data: {} }, 'secret', 'indented');
  // @ts-expect-error the catalogue has no such event
  signWebhook({ type: 'payment.sucess', data: {} }, 'secret');
  // @ts-expect-error there is no such way to spoil one
  signWebhook(event, 'secret', 'status');
}

export function scripting(script: GlomopayScript): void {
  script.fail('POST /api/v1/payments', 'drop-after-commit', { times: 2 });
  // @ts-expect-error there is no such fault
  script.fail('POST /api/v1/payments', 'never-connnected');
  // @ts-expect-error the bank approves or declines
  script.complete('payt_1', 'pending');
  // @ts-expect-error the keys of a test are the script's
  GlomopayTestingModule.forRoot({ secretKey: 'a-real-key' });
  // @ts-expect-error there is no such secret
  expectNoSecrets('text', { pan: '4111111111111111' });
}

export const merchants = (script: GlomopayScript) => [
  GlomopayMerchantsTestingModule.forRoot({ accounts: ['shop-1'], scripts: script }),
  GlomopayMerchantsTestingModule.forRoot({ accounts: { find: () => null }, idleMs: 1_000 }),
  GlomopayMerchantsTestingModule.forRoot({ scripts: new GlomopayScripts() }),
  // @ts-expect-error a source is one of the accounts
  GlomopayMerchantsTestingModule.forRoot({ source: { find: () => null } }),
  // @ts-expect-error a name is a text
  GlomopayMerchantsTestingModule.forRoot({ accounts: [1] }),
];
