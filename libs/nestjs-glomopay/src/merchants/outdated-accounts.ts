import type { Clock } from '../config/clock.js';
import type { ResolvedTracking } from '../tracking/config/tracking-options.js';
import { daysBefore } from '../tracking/store/purge-age.js';
import { jittered } from '../values/jittered.js';

const EVERY_MS = 3_600_000;
const SPREAD = [0.8, 1.2] as const;

/**
 * Accounts that have anything in the store as old as the retention says: also those that nobody has used
 * since, and which would keep it for ever.
 */
export class OutdatedAccounts {
  readonly #tracking: ResolvedTracking;
  readonly #clock: Clock;
  #dueAt = Number.NEGATIVE_INFINITY;

  constructor(tracking: ResolvedTracking, clock: Clock) {
    this.#tracking = tracking;
    this.#clock = clock;
  }

  /** None when the store was asked less than about an hour ago, or cannot tell. */
  async names(): Promise<readonly string[]> {
    if (this.#clock.now() < this.#dueAt) return [];
    this.#dueAt = this.#clock.now() + jittered(EVERY_MS, SPREAD, () => this.#clock.random());
    const { store, retention } = this.#tracking;
    const before = (days: number): Date => daysBefore(new Date(this.#clock.date()), days);
    const { eventsDays, historyDays } = retention;
    const found = [
      eventsDays === undefined ? [] : await store.inbox.accountsToPurge(before(eventsDays)),
      historyDays === undefined ? [] : await store.accountsToPurge(before(historyDays)),
    ];
    return [...new Set(found.flatMap((names) => names ?? []))];
  }
}
