import type { TrackingStore } from './tracking-store.js';

/** When and how often the sweeper asks about payments that have no outcome yet. */
export interface SweepOptions {
  /** Pause between two rounds in this process; 0 leaves the rounds to the host (`tracker.sweep()`). Milliseconds, ± 20 %. @defaultValue 10000 */
  readonly everyMs?: number;
  /** How long after its intent a payment is first looked at, if no witness came. Milliseconds. @defaultValue 30000 */
  readonly firstCheckMs?: number;
  /** Looks at one payment before a person has to. @defaultValue 60 */
  readonly maxChecks?: number;
  /** Records taken in one round. @defaultValue 50 */
  readonly batch?: number;
}

/** What `GlomopayTrackingModule.forRoot` takes. */
export interface GlomopayTrackingOptions {
  /** Where the truth about payments lives. */
  readonly store: TrackingStore;
  /** Whether the store's tables are made at boot. @defaultValue true */
  readonly migrate?: boolean;
  readonly sweep?: SweepOptions;
}

/** The options with every default filled in. */
export interface TrackingConfig {
  readonly account: string;
  readonly store: TrackingStore;
  readonly migrate: boolean;
  readonly sweep: Required<SweepOptions>;
}

/** Fills in the defaults. */
export function trackingConfig(options: GlomopayTrackingOptions): TrackingConfig {
  return {
    account: 'default',
    store: options.store,
    migrate: options.migrate ?? true,
    sweep: { everyMs: 10_000, firstCheckMs: 30_000, maxChecks: 60, batch: 50, ...options.sweep },
  };
}
