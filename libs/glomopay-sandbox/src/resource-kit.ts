import type { SandboxAccount } from './account.js';
import type { KeyOwner } from './keys/secret-key.js';
import type { SandboxClock } from './time/sandbox-clock.js';
import type { WebhookEvent } from './webhooks/webhook-event.js';

/** What the resources of one sandbox share. */
export interface ResourceKit {
  readonly clock: SandboxClock;
  readonly account: SandboxAccount;
  readonly owner: KeyOwner;
  readonly pollIntervalMs: number;
  /** Tells the merchant's servers. */
  readonly publish: (event: WebhookEvent) => void;
}
