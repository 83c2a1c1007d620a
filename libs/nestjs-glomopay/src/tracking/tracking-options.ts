import type { TrackingStore } from './tracking-store.js';
import { defaultEngine } from './engine/default-engine.js';
import type { WorkEngine } from './engine/work-engine.js';

/** When and how often the sweeper asks about payments that have no outcome yet. */
export interface SweepOptions {
  /** Pause between two rounds; 0 leaves the rounds to the host (`tracker.sweep()`). Milliseconds, ± 20 %. @defaultValue 10000 */
  readonly everyMs?: number;
  /** How long after its intent a payment is first looked at, if no witness came. Milliseconds. @defaultValue 30000 */
  readonly firstCheckMs?: number;
  /** Looks at one payment before a person has to. @defaultValue 60 */
  readonly maxChecks?: number;
  /** Records taken in one round. @defaultValue 50 */
  readonly batch?: number;
}

/** How webhook events are worked off. */
export interface InboxOptions {
  /** How long a handler may take before its try counts as failed. Milliseconds. @defaultValue 55000 */
  readonly handlerTimeoutMs?: number;
  /** Tries of one handler with one event before the event is parked. @defaultValue 12 */
  readonly maxTries?: number;
  /** Pause after a first failure; each further one doubles it, and half of it is chance. Milliseconds. @defaultValue 1000 */
  readonly retryBaseMs?: number;
  /** Longest pause between two tries. Milliseconds. @defaultValue 3600000 (an hour) */
  readonly retryMaxMs?: number;
  /** Pause between two looks for events that wait; 0 leaves the engine with what this process receives. Milliseconds, ± 20 %. @defaultValue 1000 */
  readonly pollEveryMs?: number;
}

/** What `GlomopayTrackingModule.forRoot` takes. */
export interface GlomopayTrackingOptions {
  /** Where the truth about payments and events lives. */
  readonly store: TrackingStore;
  /** What makes the work happen. @defaultValue an `InProcessEngine`, one for all accounts of a store */
  readonly engine?: WorkEngine;
  /** Whether the store's tables are made at boot. @defaultValue true */
  readonly migrate?: boolean;
  readonly sweep?: SweepOptions;
  readonly inbox?: InboxOptions;
}

/** The options with every default filled in. */
export interface TrackingConfig {
  readonly account: string;
  readonly store: TrackingStore;
  readonly engine: WorkEngine;
  readonly migrate: boolean;
  readonly sweep: Required<SweepOptions>;
  readonly inbox: Required<InboxOptions>;
}

/** Fills in the defaults. */
export function trackingConfig(options: GlomopayTrackingOptions, account: string): TrackingConfig {
  return {
    account,
    store: options.store,
    engine: options.engine ?? defaultEngine(options.store),
    migrate: options.migrate ?? true,
    sweep: { everyMs: 10_000, firstCheckMs: 30_000, maxChecks: 60, batch: 50, ...options.sweep },
    inbox: {
      handlerTimeoutMs: 55_000,
      maxTries: 12,
      retryBaseMs: 1_000,
      retryMaxMs: 3_600_000,
      pollEveryMs: 1_000,
      ...options.inbox,
    },
  };
}
