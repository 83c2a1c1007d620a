import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { ShopSettings } from '../config/shop-settings.js';
import { AttemptCounter, dropOldest } from '../http/attempt-counter.js';
import { OutcomeNews } from '../purchases/outcome-news.js';

/**
 * Stops card testing: so many points a minute for an address and for a session. A checkout costs one
 * point, one that fails a second one, also when the bank declines it later.
 *
 * Each process counts for itself: with two of them behind one address a buyer has up to twice the
 * points. A shop that runs many would count at its proxy.
 */
@Injectable()
export class CheckoutRateLimit implements OnModuleDestroy {
  readonly #points: AttemptCounter;
  readonly #buyers = new Map<string, readonly string[]>();
  readonly #declines: Subscription;

  constructor(
    @Inject(OutcomeNews) news: Pick<OutcomeNews, 'items'>,
    @Inject(ShopSettings) settings: Pick<ShopSettings, 'checkoutsPerMinute'>,
  ) {
    this.#points = new AttemptCounter(settings.checkoutsPerMinute);
    this.#declines = news.items.subscribe(({ reference, outcome }) => {
      if (outcome === 'failed') {
        this.spend(this.#buyers.get(reference) ?? []);
      }
      this.#buyers.delete(reference);
    });
  }

  /** Takes a point from each key; the seconds to wait if one of them has none left. */
  take(keys: readonly string[]): number | undefined {
    const waitSeconds = this.#points.waitSeconds(keys);
    if (waitSeconds === undefined) {
      this.spend(keys);
    }
    return waitSeconds;
  }

  /** Takes a further point for an attempt that failed. */
  spend(keys: readonly string[]): void {
    this.#points.spend(keys);
  }

  /** Remembers whose a purchase is, for the case that the bank declines it. */
  remember(reference: string, keys: readonly string[]): void {
    this.#buyers.set(reference, keys);
    dropOldest(this.#buyers);
  }

  onModuleDestroy(): void {
    this.#declines.unsubscribe();
  }
}
