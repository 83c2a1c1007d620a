export type { TrackingStoreHarness } from './contract/harness.js';
export { trackingStoreContract, type TrackingStoreTest } from './tracking-store-contract.js';

export { GlomopayTestingModule, type GlomopayTestingOptions } from './glomopay-testing.module.js';
export {
  GlomopayMerchantsTestingModule,
  type GlomopayMerchantsTestingOptions,
} from './glomopay-merchants-testing.module.js';
export { GlomopayScripts } from './script/glomopay-scripts.js';
export { GlomopayTestClock } from './script/glomopay-test-clock.js';
export { GlomopayScript, type ScriptedKeys, type ScriptedTimes } from './script/glomopay-script.js';
export type { BankDecision, ScriptedOutcome } from './script/bank-decision.js';
export { overrideGateway, type ProviderOverrides } from './script/override-gateway.js';
export type { ScriptedAnswer } from './script/scripted-answer.js';
export type { ScriptedFault } from './script/scripted-fault.js';
export type { ScriptedRequest } from './script/scripted-request.js';

export type { CallbackSpoiling, SpoiledQuery } from './signing/callback-spoiling.js';
export { signCallback, type CallbackToSign, type SignedCallback } from './signing/sign-callback.js';
export {
  signWebhook,
  type EventToSign,
  type MessageToSign,
  type SignedWebhook,
} from './signing/sign-webhook.js';
export { verifiedCallback } from './signing/verified-callback.js';
export type { WebhookSpoiling } from './signing/webhook-spoiling.js';

export { expectNoSecrets } from './secrets/expect-no-secrets.js';
export type { KnownSecrets, SecretFound } from './secrets/known-secrets.js';
export { SecretScanner } from './secrets/secret-scanner.js';
export { GlomopaySecretsFoundError, type Leak } from './secrets/secrets-found.error.js';
