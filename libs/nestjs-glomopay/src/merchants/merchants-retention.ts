import type { Clock } from '../config/clock.js';
import type { ResolvedTracking } from '../tracking/config/tracking-options.js';
import { daysBefore } from '../tracking/store/purge-age.js';
import { TrackingWork } from '../tracking/tracking-work.js';
import { neutrally } from '../values/neutral-context.js';
import { jittered } from '../values/jittered.js';
import type { MerchantAccounts } from './merchant-accounts.js';

const EVERY_MS = 3_600_000;
const SPREAD = [0.8, 1.2] as const;

/** What the retention of all merchants is made of. */
export interface MerchantsRetentionParts {
  readonly tracking: ResolvedTracking;
  readonly accounts: MerchantAccounts;
  readonly clock: Clock;
  /** Those of them that are made at run time, and can be made now. */
  readonly able: (names: readonly string[]) => Promise<readonly string[]>;
  /** Makes an account for a piece of work. */
  readonly use: (name: string, does: (work: TrackingWork) => Promise<void>) => Promise<unknown>;
  /** Told when it failed for one account; the others go on. */
  readonly onFailure: (name: string, thrown: unknown) => void;
}

/**
 * Forgets by age what those merchants have that are open, and about once an hour what the others have that
 * is as old: nobody else would ever forget it. What belongs to nobody stays, because another application may
 * keep it in the same database.
 */
export class MerchantsRetention {
  readonly #parts: MerchantsRetentionParts;
  #dueAt = Number.NEGATIVE_INFINITY;
  #hasEnded = false;

  constructor(parts: MerchantsRetentionParts) {
    this.#parts = parts;
  }

  async tidy(): Promise<void> {
    const { accounts, tracking, able, use } = this.#parts;
    const { eventsDays, historyDays } = tracking.retention;
    if (eventsDays === undefined && historyDays === undefined) return;
    const open = accounts.openNames();
    await this.#each(open, (name) =>
      accounts.beside(name, (account) => account.get(TrackingWork).tidy()),
    );
    const closed = new Set(await able(await neutrally(() => this.#outdated())));
    for (const name of open) closed.delete(name);
    await this.#each(closed, (name) => use(name, (work) => work.tidy()));
  }

  /** Begins with no further account. */
  end(): void {
    this.#hasEnded = true;
  }

  /** None when the store was asked less than about an hour ago, or cannot tell. */
  async #outdated(): Promise<readonly string[]> {
    const { tracking, clock } = this.#parts;
    if (clock.now() < this.#dueAt) return [];
    this.#dueAt = clock.now() + jittered(EVERY_MS, SPREAD, () => clock.random());
    const { store, retention } = tracking;
    const before = (days: number): Date => daysBefore(new Date(clock.date()), days);
    const { eventsDays, historyDays } = retention;
    const found = [
      eventsDays === undefined ? [] : await store.inbox.accountsToPurge(before(eventsDays)),
      historyDays === undefined ? [] : await store.accountsToPurge(before(historyDays)),
    ];
    return [...new Set(found.flatMap((names) => names ?? []))];
  }

  async #each(names: Iterable<string>, tidy: (name: string) => Promise<unknown>): Promise<void> {
    for (const name of names) {
      if (this.#hasEnded) return;
      await tidy(name).catch((thrown: unknown) => this.#parts.onFailure(name, thrown));
    }
  }
}
