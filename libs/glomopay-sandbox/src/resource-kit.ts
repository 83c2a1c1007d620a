import type { SandboxAccount } from './account.js';
import type { KeyOwner } from './keys/secret-key.js';
import type { Balances } from './money/balances.js';
import type { Rates } from './money/rates.js';
import type { RfiDesk } from './rfi/rfi-desk.js';
import type { SandboxClock } from './time/sandbox-clock.js';
import type { WebhookEvent } from './webhooks/webhook-event.js';

/** What the resources of one sandbox share. */
export interface ResourceKit {
  readonly clock: SandboxClock;
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly rates: Rates;
  readonly rfis: RfiDesk;
  readonly owner: KeyOwner;
  readonly pollIntervalMs: number;
  /** As buyers and banks see it. */
  readonly merchantName: string;
  /** Tells the merchant's servers. */
  readonly publish: (event: WebhookEvent) => void;
}
