import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ShopSettings } from '../config/shop-settings.js';
import { OutcomeNews } from '../purchases/outcome-news.js';

const WINDOW_MS = 60_000;
/** Enough for a shop; beyond it the oldest counters go, so an attacker cannot fill the memory. */
const MOST_COUNTERS = 20_000;

/**
 * Stops card testing: so many points a minute for an address and for a session. A checkout costs one
 * point, one that fails a second one, also when the bank declines it later.
 *
 * Each process counts for itself: with two of them behind one address a buyer has up to twice the
 * points. A shop that runs many would count at its proxy.
 */
@Injectable()
export class CheckoutRateLimit implements OnModuleDestroy {
  private readonly spent = new Map<string, number[]>();
  private readonly buyers = new Map<string, readonly string[]>();
  private readonly declines: Subscription;

  constructor(
    @Inject(OutcomeNews) news: Pick<OutcomeNews, 'items'>,
    @Inject(ShopSettings) private readonly settings: Pick<ShopSettings, 'checkoutsPerMinute'>,
  ) {
    this.declines = news.items.subscribe(({ reference, outcome }) => {
      if (outcome === 'failed') {
        this.spend(this.buyers.get(reference) ?? []);
      }
      this.buyers.delete(reference);
    });
  }

  /** Takes a point from each key; the seconds to wait if one of them has none left. */
  take(keys: readonly string[]): number | undefined {
    const waits = keys.map((key) => this.waitOf(key)).filter((wait) => wait > 0);
    if (waits.length > 0) {
      return Math.ceil(Math.max(...waits) / 1000);
    }
    this.spend(keys);
    return undefined;
  }

  /** Takes a further point for an attempt that failed. */
  spend(keys: readonly string[]): void {
    for (const key of keys) {
      const times = this.recent(key);
      times.push(Date.now());
      // Deleted first, so that the map is in order of last use.
      this.spent.delete(key);
      this.spent.set(key, times.slice(-2 * this.settings.checkoutsPerMinute));
    }
    dropOldest(this.spent);
  }

  /** Remembers whose a purchase is, for the case that the bank declines it. */
  remember(reference: string, keys: readonly string[]): void {
    this.buyers.set(reference, keys);
    dropOldest(this.buyers);
  }

  onModuleDestroy(): void {
    this.declines.unsubscribe();
  }

  private waitOf(key: string): number {
    const times = this.recent(key);
    const blocking = times.at(-this.settings.checkoutsPerMinute);
    return blocking === undefined ? 0 : blocking + WINDOW_MS - Date.now();
  }

  private recent(key: string): number[] {
    return (this.spent.get(key) ?? []).filter((time) => time > Date.now() - WINDOW_MS);
  }
}

function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MOST_COUNTERS) {
      return;
    }
    map.delete(key);
  }
}
